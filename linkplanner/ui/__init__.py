"""What the screens share: state, tables, charts and words; knows Streamlit, unlike the core."""

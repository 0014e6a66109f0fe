"""Everything that screens say: one module a screen, and what they share.

Sentences are constants or small functions of the figures in them; nothing here asks Streamlit or a
database, and nothing outside spells a sentence (tests/ui/test_texts.py). A translation is a second
set of these modules. Screens call them through the module (`say.NOTHING_YET`), never by a name that
was imported, so that one set can stand in for another.
"""

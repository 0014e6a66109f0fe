"""`optimise`: a plan from a saved model alone, recomputed by independent code."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linkplanner.cli import main
from linkplanner.graph.model import Model


def shop_model(path: Path, pages: int = 30, seed: int = 5) -> Model:
    """A random site: a menu on every page, text links, leaks, four priority pages, hubs."""
    rng = np.random.default_rng(seed)
    weight: dict[tuple[int, int], float] = {}
    for u in range(pages):
        weight |= {(u, v): 0.2 for v in range(4) if v != u}
        weight |= {(u, int(v)): 1.0 for v in rng.choice(pages, 3, replace=False) if v != u}
    source, target = (np.array([pair[i] for pair in weight], dtype=np.int64) for i in (0, 1))
    values = np.array(list(weight.values()))
    total = np.bincount(source, weights=values, minlength=pages) + rng.choice(
        [0.0, 0.5, 2.0], pages
    )
    priority = np.zeros(pages)
    priority[[5, 9, 13, 21]] = [1.0, 2.0, 1.0, 3.0]
    pairs = [
        (u, v)
        for u in range(pages)
        for v in (5, 9, 13, 21, 2, 3)
        if u != v and weight.get((u, v), 0) < 1
    ]
    model = Model(
        url=np.array([f"https://a.test/{i}" for i in range(pages)]),
        source=source,
        target=target,
        weight=values,
        total=total,
        seed=rng.exponential(3.0, pages),
        priority=priority,
        cand_source=np.array([u for u, _ in pairs], dtype=np.int64),
        cand_target=np.array([v for _, v in pairs], dtype=np.int64),
        cand_weight=np.array([1.0 - weight.get(pair, 0.0) for pair in pairs]),
        max_links=8,
        per_page=2,
        per_target=4,
    )
    model.save(path)
    return model


def dense_equity(model: Model, links: list[tuple[int, int, float]]) -> np.ndarray:
    share, total = np.zeros((model.pages, model.pages)), model.total.copy()
    share[model.source, model.target] = model.weight
    for u, v, w in links:
        share[u, v] += w
        total[u] += w
    rows = np.divide(share, total[:, None], out=np.zeros_like(share), where=total[:, None] > 0)
    return np.linalg.solve((np.eye(model.pages) - model.damping * rows).T, model.seed)


@pytest.mark.parametrize("objective", ["total", "balanced"])
@pytest.mark.parametrize("route", ["direct", "hubs"])
def test_every_figure_is_what_the_model_says(objective: str, route: str, tmp_path: Path) -> None:
    model = shop_model(tmp_path / "model.npz")
    arguments = ["optimise", str(tmp_path / "model.npz"), "--objective", objective]
    arguments += ["--route", route, "--seconds", "8", "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    plan = pd.read_csv(tmp_path / "out" / "plan.csv")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    number = {url: i for i, url in enumerate(model.url)}
    weight = {
        (int(u), int(v)): float(w)
        for u, v, w in zip(model.cand_source, model.cand_target, model.cand_weight)
    }
    pairs = [(number[u], number[v]) for u, v in zip(plan["source_url"], plan["target_url"])]
    before, after = dense_equity(model, []), dense_equity(model, [(*p, weight[p]) for p in pairs])
    chosen = model.priority > 0
    value = {"total": lambda x: x, "balanced": np.log}[objective]
    gain = float(model.priority[chosen] @ (value(after[chosen]) - value(before[chosen])))
    assert summary["gain"] == pytest.approx(gain, rel=1e-7)
    assert summary["bound"] >= gain - 1e-9
    assert summary["certificate"] == pytest.approx(min(1, gain / summary["bound"]), rel=1e-9)
    assert summary["certificate"] > 0.85
    assert plan["gain"].sum() == pytest.approx(float(model.priority @ (after - before)), rel=1e-6)
    assert len(pairs) <= 8 and plan["source_url"].value_counts().max() <= 2
    assert plan["target_url"].value_counts().max() <= 4
    if route == "direct":
        assert all(model.priority[v] > 0 for _, v in pairs)


def test_limits_of_the_command_line_replace_those_of_the_model(tmp_path: Path) -> None:
    shop_model(tmp_path / "model.npz")
    arguments = ["optimise", str(tmp_path / "model.npz"), "--max-links", "3", "--per-page", "1"]
    assert main([*arguments, "--seconds", "0", "--out", str(tmp_path / "out")]) == 0
    plan = pd.read_csv(tmp_path / "out" / "plan.csv")
    assert len(plan) == 3 and plan["source_url"].is_unique


def test_what_is_no_model_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.npz").write_bytes(b"not a model")
    assert main(["optimise", str(tmp_path / "x.npz"), "--out", str(tmp_path / "out")]) == 2
    assert "“x.npz” is no saved model" in capsys.readouterr().err


def test_inspect_answers_for_every_file_and_exits_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text("url,weight\nhttps://a.test/x,2\n", encoding="utf-8")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 4)
    assert main(["inspect", str(tmp_path), str(tmp_path / "missing.csv")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wanted = {"file", "recognised_as", "kind", "rows", "skipped", "live", "lost", "nofollow"}
    assert len(lines) == 3
    assert all(wanted | {"columns", "message"} <= set(line) for line in lines)
    assert [line["kind"] for line in lines] == ["priorities", "other", "other"]

"""Runs what "copy as Python" gives for runs of the embedded models, and compares with the engine's own numbers.

    python -m unittest training/golden/test_snippets.py      (from the repository's root)

The snippets and the numbers come from scripts/snippet_cases.mjs, which runs the engine on the CPU in Node.
"""

import contextlib
import io
import json
import subprocess
import unittest
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
ATTENTION = 1e-4
PROBABILITY = 1e-3


def cases(lab: str) -> list[dict]:
    made = subprocess.run(
        ["node", "scripts/snippet_cases.mjs", lab], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return json.loads(made.stdout)


def run(case: dict) -> tuple[dict, list[str]]:
    """The names a snippet leaves behind, and the lines it prints."""
    names: dict = {}
    printed = io.StringIO()
    # A snippet names the model's folder as seen from the root of the repository.
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed):
        exec(compile(case["code"], case["name"], "exec"), names)
    return names, printed.getvalue().splitlines()


class VisionSnippets(unittest.TestCase):
    def test_snippets_give_the_numbers_of_the_engine(self):
        found = cases("vision")
        self.assertGreaterEqual(len(found), 18)
        for case in found:
            with self.subTest(case["name"]):
                self.compare(case)

    def compare(self, case: dict):
        names, lines = run(case)
        expected = torch.tensor(case["attention"])
        self.assertEqual(names["attention"].shape, expected.shape)
        self.assertLess((names["attention"] - expected).abs().max().item(), ATTENTION)
        self.assertEqual(set(names["logits"]), set(case["classes"]))
        for head, probabilities in case["classes"].items():
            found = names["logits"][head].softmax(-1)
            self.assertLess((found - torch.tensor(probabilities)).abs().max().item(), PROBABILITY)
        self.assertEqual(len(lines), 1 + len(case["classes"]))


class TextSnippets(unittest.TestCase):
    def test_snippets_give_the_numbers_of_the_engine(self):
        found = cases("text")
        self.assertGreaterEqual(len(found), 5)
        for case in found:
            with self.subTest(case["name"]):
                self.compare(case)

    def compare(self, case: dict):
        names, lines = run(case)
        expected = torch.tensor(case["attention"])
        self.assertEqual(names["attention"].shape, expected.shape)
        self.assertLess((names["attention"] - expected).abs().max().item(), ATTENTION)
        printed = len(expected) + len(case["predictions"])
        if "nextSentence" in case:
            self.assertAlmostEqual(names["next_sentence"][0, 0].item(), case["nextSentence"], delta=PROBABILITY)
            printed += 1
        for head, scores in case["classes"].items():
            self.assertEqual(len(scores), len(names["logits"][head]))
            line = next(line for line in lines if line.startswith(f"{head}: "))
            best = sorted(scores, reverse=True)[:5]
            self.assertEqual([float(word) for word in line.split()[2::2]], [float(f"{score:.3f}") for score in best])
            printed += 1
        if "labels" in case:
            found = names["labels"]
            self.assertLess((found - torch.tensor(case["labels"])).abs().max().item(), PROBABILITY)
            printed += len(expected)
        if "span" in case:
            self.assertEqual([names["start"], names["end"]], case["span"])
            printed += 1
        for prediction in case["predictions"]:
            best = names["out"].prediction_logits[0, prediction["row"]].softmax(-1).topk(5)
            self.assertEqual(best.indices.tolist(), [word["index"] for word in prediction["best"]])
            for probability, word in zip(best.values.tolist(), prediction["best"], strict=True):
                self.assertAlmostEqual(probability, word["value"], delta=PROBABILITY)
        self.assertEqual(len(lines), printed)


if __name__ == "__main__":
    unittest.main()

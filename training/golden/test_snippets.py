"""Runs what "copy as Python" gives for runs of the embedded models, and compares with the engine's own numbers.

    python -m unittest training/golden/test_snippets.py      (from the repository's root)

The snippets and the numbers come from scripts/snippet_cases.mjs, which runs the engine on the CPU in Node.
"""

import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import torch
import transformers as t
from safetensors.torch import load_file, save_file

ROOT = Path(__file__).resolve().parents[2]
ATTENTION = 1e-4
PROBABILITY = 1e-3


def cases(lab: str, *folders: Path) -> list[dict]:
    made = subprocess.run(
        ["node", "scripts/snippet_cases.mjs", lab, *map(str, folders)], cwd=ROOT, check=True, capture_output=True, text=True
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
        self.assertGreaterEqual(len(found), 26)
        for case in found:
            with self.subTest(case["name"]):
                self.compare(case)

    def compare(self, case: dict):
        names, lines = run(case)
        expected = torch.tensor(case["attention"])
        self.assertEqual(names["attention"].shape, expected.shape)
        self.assertLess((names["attention"] - expected).abs().max().item(), ATTENTION)
        if "reconstruction" in case:
            drawn = torch.tensor(case["reconstruction"])
            self.assertEqual(names["reconstruction"].shape, drawn.shape)
            self.assertLess((names["reconstruction"] - drawn).abs().max().item(), PROBABILITY)
            self.assertEqual(len(lines), 1 + (len(names["kept"]) < names["N"]))
            return
        self.assertEqual(set(names["logits"]), set(case["classes"]))
        for head, probabilities in case["classes"].items():
            found = names["logits"][head].softmax(-1)
            self.assertLess((found - torch.tensor(probabilities)).abs().max().item(), PROBABILITY)
        self.assertEqual(len(lines), 1 + len(case["classes"]))


class TasksSnippets(VisionSnippets):
    def test_snippets_give_the_numbers_of_the_engine(self):
        found = cases("tasks")
        self.assertGreaterEqual(len(found), 6)
        for case in found:
            with self.subTest(case["name"]):
                self.compare(case)


class TokenizerSnippets(unittest.TestCase):
    def test_exported_tokenizers_read_as_the_page_does(self):
        found = cases("tokenizers")
        self.assertGreaterEqual(len(found), 19)
        for case in found:
            with self.subTest(case["name"]), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / case["file"]["name"]
                path.write_text(case["file"]["json"])
                code = case["code"].replace(json.dumps(case["file"]["name"]), json.dumps(str(path)))
                names, lines = run({**case, "code": code})
                self.assertEqual(names["encoding"].ids, case["ids"])
                self.assertEqual(names["decoded"], case["decoded"])
                self.assertEqual(len(lines), 1 + len(case["ids"]))


class GenerateSnippets(unittest.TestCase):
    def test_snippets_write_the_text_of_the_page(self):
        found = cases("generate")
        self.assertGreaterEqual(len(found), 7)
        self.assertGreaterEqual(sum("model.generate(" in case["code"] for case in found), 3)
        for case in found:
            with self.subTest(case["name"]):
                names, lines = run(case)
                self.assertEqual("Not in this snippet" in case["code"], case["differs"])
                if not case["differs"]:
                    self.assertEqual(names["sequences"][0], case["sequence"])
                self.assertTrue(lines)


class BatchSnippets(unittest.TestCase):
    def test_collators_give_the_batches_of_the_page_and_transformers_their_states(self):
        found = cases("batch")
        self.assertGreaterEqual(len(found), 10)
        for case in found:
            with self.subTest(case["name"]):
                names, lines = run(case)
                batch = names["batch"]
                shape = batch["input_ids"].shape
                self.assertEqual(batch["input_ids"].flatten().tolist(), case["ids"])
                self.assertEqual(batch["position_ids"].flatten().tolist(), case["positions"])
                readable = batch["attention_mask"]
                self.assertEqual(readable.flatten().int().tolist(), case["readable"])
                self.assertEqual(batch["labels"].eq(-100).sum().item(), shape[0] * shape[1] - sum(map(len, names["sequences"])))
                self.assertEqual(len(lines), 1)
                model = t.AutoModel.from_pretrained(ROOT / "public/models" / case["name"].rsplit("-pa", 1)[0], dtype=torch.float32)
                with torch.no_grad():
                    states = model.eval()(
                        input_ids=batch["input_ids"], position_ids=batch["position_ids"], attention_mask=readable
                    ).last_hidden_state
                for (row, at), state in zip(case["places"], case["states"], strict=True):
                    self.assertLess((states[row, at] - torch.tensor(state)).abs().max().item(), 1e-3)


class MaskSnippets(unittest.TestCase):
    """A mask in FlexAttention, as a boolean tensor and as transformers' 4-D attention_mask: the bits that the engine's kernel reads."""

    def test_snippets_give_the_bits_of_the_engine(self):
        found = cases("masks")
        self.assertGreaterEqual(len(found), 3 * 70)
        for case in found:
            with self.subTest(case["name"]):
                names, _ = run(case)
                # [L, H, T] lines of a digit a key.
                expected = torch.tensor([[[[digit == "1" for digit in row] for row in head] for head in layer] for layer in case["mask"]])
                self.assertEqual(names["mask"].dtype, torch.bool)
                self.assertEqual(names["mask"].shape, expected.shape)
                self.assertTrue(torch.equal(names["mask"], expected))
                if case["form"] == "transformers":
                    self.assertTrue(torch.equal(names["attention_masks"] == 0, expected))
                    self.assertTrue(torch.equal(names["attention_mask"], names["attention_masks"][:1]))


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
        # What may read nothing adds nothing here and reads evenly in transformers, as the snippet says.
        reads = expected.sum(-1) > 0
        self.assertTrue(reads.all() or "may read nothing" in case["code"])
        self.assertLess((names["attention"] - expected)[reads].abs().max().item(), ATTENTION)
        printed = len(expected) + len(case["predictions"])
        if "nextSentence" in case:
            self.assertAlmostEqual(names["next_sentence"][0, 0].item(), case["nextSentence"], delta=PROBABILITY)
            printed += 1
        if "order" in case:
            self.assertAlmostEqual(names["order"][0, 0].item(), case["order"], delta=PROBABILITY)
            printed += 1
        if "replaced" in case:
            found = names["replaced"]
            self.assertLess((found - torch.tensor(case["replaced"])).abs().max().item(), PROBABILITY)
            printed += len(expected)
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
            out = names["out"]
            words = out.prediction_logits if hasattr(out, "prediction_logits") else out.logits
            best = words[0, prediction["row"]].softmax(-1).topk(5)
            self.assertEqual(best.indices.tolist(), [word["index"] for word in prediction["best"]])
            for probability, word in zip(best.values.tolist(), prediction["best"], strict=True):
                self.assertAlmostEqual(probability, word["value"], delta=PROBABILITY)
        self.assertEqual(len(lines), printed)


class DetectSnippets(unittest.TestCase):
    def test_snippets_give_the_numbers_of_the_engine(self):
        found = cases("detect")
        self.assertGreaterEqual(len(found), 24)
        for case in found:
            with self.subTest(case["name"]):
                self.compare(case)

    def test_the_snippet_of_a_yolos_with_positions_in_every_layer(self):
        config = t.YolosConfig(hidden_size=48, num_hidden_layers=3, num_attention_heads=4, intermediate_size=64, image_size=[32, 48],
                               patch_size=8, num_detection_tokens=5, num_labels=3, use_mid_position_embeddings=True)  # fmt: skip
        with tempfile.TemporaryDirectory() as directory:
            folder = random_model(Path(directory), t.YolosForObjectDetection, config)
            shutil.copy(ROOT / "public/models/clsroom-yolos/preprocessor_config.json", folder)
            for case in cases("detect", folder):
                with self.subTest(case["name"]):
                    self.compare(case)

    def compare(self, case: dict):
        reloaded()
        names, lines = run(case)
        for name, tolerance in (("reads", ATTENTION), ("classes", PROBABILITY), ("boxes", PROBABILITY)):
            expected = torch.tensor(case[name])
            self.assertEqual(names[name].shape, expected.shape)
            self.assertLess((names[name] - expected).abs().max().item(), tolerance, name)
        self.assertEqual(len(lines), len(case["classes"]) + 1)


def reloaded():
    """Snippets put an attention of their own in the place of a module's: each begins with the module as it came."""
    for name in ("vidt", "transformers.models.yolos.modeling_yolos", "transformers.models.detr.modeling_detr"):
        module = sys.modules.get(name)
        if module is None:
            continue
        function = "attend" if name == "vidt" else "eager_attention_forward"
        ORIGINAL.setdefault(name, getattr(module, function))
        setattr(module, function, ORIGINAL[name])


ORIGINAL: dict = {}


class Seq2SeqSnippets(unittest.TestCase):
    def test_snippets_give_the_numbers_of_the_engine(self):
        found = cases("seq2seq")
        self.assertGreaterEqual(len(found), 11)
        for case in found:
            with self.subTest(case["name"]):
                self.compare(case)

    def compare(self, case: dict):
        names, lines = run(case)
        expected = torch.tensor(case["attention"])
        self.assertEqual(names["attention"].shape, expected.shape)
        self.assertLess((names["attention"] - expected).abs().max().item(), ATTENTION)
        rows = [row for row, log_p in enumerate(case["logP"]) if log_p is not None]
        labels = names["labels"]
        self.assertEqual([row for row, label in enumerate(labels.tolist()) if label >= 0], rows)
        for row in rows:
            self.assertAlmostEqual(names["log_p"][row, labels[row]].item(), case["logP"][row], delta=PROBABILITY)
        if "written" in case:
            self.assertEqual(names["written"], case["written"])
        self.assertEqual(len(lines), len(expected) + ("written" in case))

    def test_the_snippet_of_another_kind_of_t5(self):
        """Gated, with a matrix of its own for the logits, and no 1/√D."""
        vocabulary = json.loads((ROOT / "public/models/clsroom-t5/config.json").read_text())["vocab_size"]
        config = t.T5Config(vocab_size=vocabulary, d_model=48, d_kv=12, d_ff=64, num_layers=3, num_heads=4, feed_forward_proj="gated-gelu",
                            tie_word_embeddings=False, decoder_start_token_id=0)  # fmt: skip
        with tempfile.TemporaryDirectory() as directory:
            made = random_model(Path(directory), t.T5ForConditionalGeneration, config, "clsroom-t5")
            for case in cases("seq2seq", made):
                with self.subTest(case["name"]):
                    self.compare(case)


def with_head(folder: Path, name: str, architecture: str, rows: list[list[float]], **config) -> Path:
    """The embedded BERT with a head of another kind, made of the sentiment head: a row is a mix of its two."""
    source = ROOT / "public/models/clsroom-bert"
    weights = {key: tensor.float() for key, tensor in load_file(source / "model.safetensors").items()}
    mix = torch.tensor(rows)
    head = {key: mix @ weights[f"heads.sentiment.{key}"] for key in ("weight", "bias")}
    kept = {key: tensor for key, tensor in weights.items() if not key.startswith(("heads.", "cls."))}
    made = folder / f"{architecture}-{len(rows)}-{config.get('problem_type', 'plain')}"
    made.mkdir()
    save_file(kept | {f"{name}.{key}": tensor.contiguous() for key, tensor in head.items()}, made / "model.safetensors")
    read = json.loads((source / "config.json").read_text())
    del read["clsroom"]
    labels = {str(i): f"class_{i}" for i in range(len(rows))}
    (made / "config.json").write_text(json.dumps(read | {"architectures": [architecture], "id2label": labels} | config))
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(source / file, made)
    return made


class HeadSnippets(TextSnippets):
    """Every kind of head that a checkpoint of others may bring."""

    def test_snippets_give_the_numbers_of_the_engine(self):
        difference, other = [-1.0, 1.0], [1.0, -1.0]
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory)
            sequence = "BertForSequenceClassification"
            found = cases(
                "text",
                with_head(folder, "classifier", sequence, [difference, other, [0.5, 0.5]]),
                with_head(folder, "classifier", sequence, [difference]),
                with_head(folder, "classifier", sequence, [difference, other], problem_type="multi_label_classification"),
                with_head(folder, "classifier", sequence, [difference], problem_type="regression"),
                with_head(folder, "classifier", "BertForTokenClassification", [difference, other, [0.5, 0.5]]),
                with_head(folder, "qa_outputs", "BertForQuestionAnswering", [difference, other]),
            )
            self.assertEqual(len(found), 30)
            for case in found:
                with self.subTest(case["name"]):
                    self.compare(case)


def random_model(folder: Path, Model: type, config, words: str = "clsroom-bert") -> Path:
    """A model of another architecture with random weights, and an embedded model's tokenizer."""
    torch.manual_seed(0)
    model = Model(config)
    for name, parameter in model.named_parameters():
        if "norm" not in name.lower():
            parameter.data = 0.1 * torch.randn_like(parameter)
    made = folder / Model.__name__
    model.save_pretrained(made)
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(ROOT / "public/models" / words / file, made)
    return made


class PictureArchitectureSnippets(VisionSnippets):
    """Every other architecture of the vision lab."""

    def test_snippets_give_the_numbers_of_the_engine(self):
        sizes = {"hidden_size": 48, "num_hidden_layers": 6, "num_attention_heads": 6, "image_size": 32, "patch_size": 4,
                 "num_labels": 5}
        models = [
            (t.DeiTForImageClassification, t.DeiTConfig(**sizes, intermediate_size=64)),
            (t.DeiTForImageClassificationWithTeacher, t.DeiTConfig(**sizes, intermediate_size=64)),
            (t.Dinov2ForImageClassification, t.Dinov2Config(**sizes, mlp_ratio=2)),
            (t.Dinov2WithRegistersForImageClassification, t.Dinov2WithRegistersConfig(**sizes, mlp_ratio=2)),
        ]
        with tempfile.TemporaryDirectory() as directory:
            folders = [random_model(Path(directory), *model) for model in models]
            for folder in folders:
                shutil.copy(ROOT / "public/models/clsroom-vit/preprocessor_config.json", folder)
            found = cases("vision", *folders)
            self.assertEqual(len(found), 9 * len(models))
            for case in found:
                with self.subTest(case["name"]):
                    self.compare(case)


class ArchitectureSnippets(TextSnippets):
    """Every architecture of the text lab, with the heads of the usual tasks."""

    def test_snippets_give_the_numbers_of_the_engine(self):
        vocabulary = json.loads((ROOT / "public/models/clsroom-bert/config.json").read_text())["vocab_size"]
        sizes = {"hidden_size": 48, "num_hidden_layers": 3, "num_attention_heads": 6, "intermediate_size": 64,
                 "vocab_size": vocabulary, "max_position_embeddings": 64}
        distil = t.DistilBertConfig(dim=48, n_layers=3, n_heads=6, hidden_dim=64, vocab_size=vocabulary, num_labels=3)
        modern = t.ModernBertConfig(**sizes, local_attention=6, pad_token_id=0, cls_token_id=2, sep_token_id=3,
                                    bos_token_id=2, eos_token_id=3, num_labels=3)
        roberta = t.RobertaConfig(**sizes, pad_token_id=0, num_labels=3)
        electra = t.ElectraConfig(**sizes, embedding_size=24, num_labels=3)
        albert = t.AlbertConfig(**sizes, embedding_size=24, num_labels=3)
        models = [
            (t.DistilBertForMaskedLM, distil),
            (t.DistilBertForSequenceClassification, distil),
            (t.RobertaForMaskedLM, roberta),
            (t.RobertaForSequenceClassification, roberta),
            (t.RobertaForTokenClassification, roberta),
            (t.XLMRobertaForMaskedLM, t.XLMRobertaConfig(**sizes, pad_token_id=0)),
            (t.ElectraForPreTraining, electra),
            (t.ElectraForMaskedLM, electra),
            (t.ElectraForSequenceClassification, electra),
            (t.AlbertForPreTraining, t.AlbertConfig(**sizes, embedding_size=24)),
            (t.AlbertForSequenceClassification, albert),
            (t.ModernBertForMaskedLM, modern),
            (t.ModernBertForSequenceClassification, modern),
            (t.ModernBertForQuestionAnswering, t.ModernBertConfig(**(modern.to_dict() | {"id2label": {0: "start", 1: "end"}}))),
        ]
        with tempfile.TemporaryDirectory() as directory:
            found = cases("text", *(random_model(Path(directory), *model) for model in models))
            self.assertEqual(len(found), 5 * len(models))
            for case in found:
                # The layers of ALBERT share their weights: a hook that switches off a head of one is none of its kind.
                if "Albert" in case["name"] and case["name"].endswith("ablated-heads"):
                    continue
                with self.subTest(case["name"]):
                    self.compare(case)


if __name__ == "__main__":
    unittest.main()

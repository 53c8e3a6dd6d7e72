"""Two small models as the hub has them, graph beside weights, for e2e/second_opinion.spec.ts: `python training/onnx/hub_fixture.py`.

    e2e/fixtures/hub/sentiment   BertForSequenceClassification   input_ids, attention_mask, token_type_ids → logits
    e2e/fixtures/hub/answers     BertForQuestionAnswering        the same → start_logits, end_logits

Inputs and outputs are called as optimum calls them; weights are random, large enough for answers that differ.
"""

import json
import shutil
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForQuestionAnswering, BertForSequenceClassification

OUT = Path(__file__).resolve().parents[2] / "e2e/fixtures/hub"
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = "the a film movie was is good bad great awful where when who did we it leave early late in house garden ? . ,".split()
TOKENS = 12
TAKES = ["input_ids", "attention_mask", "token_type_ids"]


def tokenizer() -> Tokenizer:
    vocabulary = {word: id for id, word in enumerate(SPECIALS + WORDS)}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    made.add_special_tokens(SPECIALS)
    return made


def write(name: str, kind, gives: list[str], **settings) -> None:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(SPECIALS) + len(WORDS),
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=64,
        initializer_range=0.4,
        **settings,
    )
    model = kind._from_config(config, attn_implementation="eager").eval()
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    model.save_pretrained(folder)
    tokenizer().save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer", "do_lower_case": True}) + "\n")

    ids = torch.randint(5, config.vocab_size, (1, TOKENS))
    example = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
    tokens = torch.export.Dim("tokens", min=2, max=config.max_position_embeddings)
    program = torch.onnx.export(
        model,
        (),
        kwargs=example,
        dynamo=True,
        opset_version=18,
        input_names=TAKES,
        output_names=gives,
        dynamic_shapes={name: {1: tokens} for name in TAKES},
    )
    proto = program.model_proto
    for part in [proto.graph, *proto.graph.node, *proto.graph.initializer, *proto.graph.input, *proto.graph.output]:
        del part.metadata_props[:]  # stack traces of the exporter
        part.doc_string = ""
    del proto.graph.value_info[:]
    (folder / "onnx/model.onnx").write_bytes(proto.SerializeToString())
    (folder / "model.safetensors").chmod(0o644)
    print(name, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()), "bytes")


write("sentiment", BertForSequenceClassification, ["logits"], id2label={0: "negative", 1: "positive"}, label2id={"negative": 0, "positive": 1})
write("answers", BertForQuestionAnswering, ["start_logits", "end_logits"])

"""Write the trained model as a Hugging Face directory with F16 weights."""

import json
import shutil
from pathlib import Path

from safetensors.torch import save_file
from transformers import GPT2LMHeadModel

from data import BOS, CONTEXT, EOS, EOSENT, PAD

TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "bos_token": "<bos>",
    "eos_token": "<eos>",
    "pad_token": "<pad>",
    "model_max_length": CONTEXT,
    "additional_special_tokens": ["<eosent>"],
    "add_bos_token": True,
    "clean_up_tokenization_spaces": False,
}


def export(model: GPT2LMHeadModel, pack: Path, output: Path) -> None:
    """`output/{config, tokenizer, tokenizer_config}.json, model.safetensors`"""
    output.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.cpu().half().contiguous()
        for name, tensor in model.state_dict().items()
        if name != "lm_head.weight"  # tied to the word embeddings
    }
    save_file(tensors, output / "model.safetensors", metadata={"format": "pt"})
    model.config.save_pretrained(output)
    config = json.loads((output / "config.json").read_text()) | {
        "architectures": ["GPT2LMHeadModel"],
        "dtype": "float16",
        "torch_dtype": "float16",
        "clsroom": {"special_tokens": {"bos": BOS, "eos": EOS, "pad": PAD, "sentence_end": EOSENT}},
    }
    write_json(output / "config.json", config)
    write_json(output / "tokenizer_config.json", TOKENIZER_CONFIG)
    shutil.copy(pack / "tokenizer.json", output / "tokenizer.json")


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")

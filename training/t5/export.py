"""Write the trained model as a Hugging Face directory with F16 weights."""

import json
import shutil
from pathlib import Path

from safetensors.torch import save_file
from transformers import T5ForConditionalGeneration

from data import PAD, SENTINEL_NAMES
from tasks import TASKS

TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "eos_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "model_max_length": 128,
    "additional_special_tokens": SENTINEL_NAMES,
    "clean_up_tokenization_spaces": False,
}
TIED = ("encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight")  # to shared.weight


def export(model: T5ForConditionalGeneration, pack: Path, output: Path) -> None:
    """`output/{config, tokenizer, tokenizer_config}.json, model.safetensors`"""
    output.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.cpu().half().contiguous() for name, tensor in model.state_dict().items() if name not in TIED}
    save_file(tensors, output / "model.safetensors", metadata={"format": "pt"})
    model.config.save_pretrained(output)
    config = json.loads((output / "config.json").read_text()) | {
        "architectures": ["T5ForConditionalGeneration"],
        "dtype": "float16",
        "torch_dtype": "float16",
        "decoder_start_token_id": PAD,
        "task_specific_params": {task: {"prefix": f"{task}: "} for task in TASKS},
    }
    write_json(output / "config.json", config)
    write_json(output / "tokenizer_config.json", TOKENIZER_CONFIG)
    shutil.copy(pack / "tokenizer.json", output / "tokenizer.json")


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")

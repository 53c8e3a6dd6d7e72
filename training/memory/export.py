"""A trained memory transformer as a model directory in Hugging Face's layout, and back."""

import json
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

from model import WINDOW, MemoryTransformer

MEMORY = 8
NAMES = ("memtransformer", "memctrl", "membottleneck", "nomemory")


def config_of(variant: str, memory: int) -> dict:
    return {
        "model_type": "clsroom_memory",
        "architectures": ["ClsroomMemoryForMaskedLM"],
        "variant": variant,
        "num_memory_tokens": memory,
        "attention_window": WINDOW,
        "vocab_size": 3072,
        "hidden_size": 128,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "intermediate_size": 512,
        "hidden_act": "gelu",
        "max_position_embeddings": 96,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
        "mask_token_id": 4,
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
        "clsroom": {
            "heads": {"sentiment": {"pooling": "memory_mean" if memory else "cls", "labels": ["negative", "positive"]}}
        },
    }


CONFIG = {name: config_of("memtransformer" if name == "nomemory" else name, 0 if name == "nomemory" else MEMORY) for name in NAMES}
TOKENIZER = {
    "tokenizer_class": "BertTokenizer",
    "do_lower_case": True,
    "strip_accents": True,
    "model_max_length": 96,
    "pad_token": "[PAD]",
    "unk_token": "[UNK]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "mask_token": "[MASK]",
}


def write(model: MemoryTransformer, config: dict, pack: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: value.detach().cpu().half().contiguous() for name, value in model.state_dict().items()}
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps(TOKENIZER, indent=2) + "\n")
    shutil.copy(pack / "tokenizer.json", folder / "tokenizer.json")


def read(folder: Path) -> MemoryTransformer:
    """The exported file in F32."""
    model = MemoryTransformer(json.loads((folder / "config.json").read_text()))
    weights = load_file(folder / "model.safetensors")
    model.load_state_dict({name: value.float() for name, value in weights.items()})
    return model.eval()

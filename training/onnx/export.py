"""The shipped models' graphs as ONNX, for the second opinion of the page: `python training/onnx/export.py`.

Writes `public/models/<name>/onnx/model.onnx` and runs it beside the golden vectors, whose largest difference it prints. A graph
holds no weights of the model: each is an external tensor that lies in `../model.safetensors`, float16 as it is stored there, and is cast to
float32 when it is read. So both engines read the same bytes, and the repository grows by the graphs alone (some 100 KB each).

    text    input_ids, attention_mask, token_type_ids, position_ids [1, T]  → mlm [1, T, V], nsp [1, 2], sentiment [1, 2]
    vision  pixel_values [1, C, H, W]                                       → classifier, average, attention [1, K]
"""

import json
import math
import shutil
import struct
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file, save_file
from transformers import BertForPreTraining, ViTForImageClassification

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "golden"))
from export import GOLDEN, SHIPPED, Registers, embedded_heads, head_logits  # noqa: E402

WEIGHTS = "model.safetensors"
TOKENS = 24
OPSET = 18


class Text(torch.nn.Module):
    takes = ["input_ids", "attention_mask", "token_type_ids", "position_ids"]

    def __init__(self, folder: Path):
        super().__init__()
        self.config = json.loads((folder / "config.json").read_text())
        self.model = BertForPreTraining.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
        self.heads = torch.nn.ParameterDict(safe_names(embedded_heads(folder)))
        self.gives = ["mlm", "nsp", *self.config["clsroom"].get("heads", {})]

    def forward(self, ids, mask, segments, positions):
        bert = self.model.bert(input_ids=ids, attention_mask=mask, token_type_ids=segments, position_ids=positions)
        x, pooled = bert.last_hidden_state, bert.pooler_output
        mlm, nsp = self.model.cls(x, pooled)
        return mlm, nsp, *extra_logits(self.heads, self.config, x[0], x[0, 0], pooled[0])

    def example(self):
        ids = torch.randint(5, self.config["vocab_size"], (1, TOKENS))
        mask = torch.ones_like(ids)
        mask[0, 5] = 0
        return ids, mask, (torch.arange(TOKENS) > 9).long()[None], torch.arange(TOKENS)[None]

    def shapes(self):
        tokens = torch.export.Dim("tokens", min=2, max=self.config["max_position_embeddings"])
        return tuple({1: tokens} for _ in self.takes)


class Vision(torch.nn.Module):
    takes = ["pixel_values"]

    def __init__(self, folder: Path):
        super().__init__()
        self.config = json.loads((folder / "config.json").read_text())
        self.model = ViTForImageClassification.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
        heads = embedded_heads(folder)
        registers = heads.pop("vit.embeddings.register_tokens", None)
        if registers is not None:
            self.model.vit.embeddings = Registers(self.model.vit.embeddings, torch.nn.Parameter(registers))
        self.heads = torch.nn.ParameterDict(safe_names(heads))
        self.gives = ["classifier", *self.config["clsroom"].get("heads", {})]

    def forward(self, pixels):
        x = self.model.vit(pixels).last_hidden_state
        patches = x[0, 1 + self.config["clsroom"]["num_register_tokens"] :]
        return self.model.classifier(x[:, 0]), *extra_logits(self.heads, self.config, patches, x[0, 0], None)

    def example(self):
        size = self.config["image_size"]
        return (torch.randn(1, self.config["num_channels"], size, size),)

    def shapes(self):
        return None


def safe_names(heads):
    """A ParameterDict takes no dots in its keys."""
    return {name.replace(".", "/"): torch.nn.Parameter(value) for name, value in heads.items()}


def extra_logits(heads, config, rows, cls, pooler):
    named = {key.replace("/", "."): value for key, value in heads.items()}
    return [logits[None] for logits in head_logits(named, config, rows, cls, pooler).values()]


def told_apart(folder: Path, copy: Path) -> dict[bytes, str]:
    """Fills `copy` with the model under weights that all differ, so that each is known in the graph by its values."""
    torch.manual_seed(0)
    shutil.copy(folder / "config.json", copy)
    weights = {name: torch.randn_like(value.float()).half() for name, value in load_file(folder / WEIGHTS).items()}
    save_file(weights, copy / WEIGHTS, metadata={"format": "pt"})
    return {value.float().numpy().tobytes(): name for name, value in weights.items()}


def offsets(file: Path) -> dict[str, tuple[int, int, list[int]]]:
    """First byte, bytes and shape of each tensor in a safetensors file."""
    with file.open("rb") as opened:
        (length,) = struct.unpack("<Q", opened.read(8))
        header = json.loads(opened.read(length))
    header.pop("__metadata__", None)
    return {
        name: (8 + length + entry["data_offsets"][0], math.prod(entry["shape"]) * 2, entry["shape"])
        for name, entry in header.items()
    }


def refer_to_weights(graph: onnx.GraphProto, names: dict[bytes, str], places) -> None:
    """Replaces every initializer that is one of the weights by its place in the weights' file and a cast to float32."""
    kept, casts, external = [], {}, {}
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        name = names.get(values.tobytes()) if values.dtype == np.float32 else None
        if name is None:
            if values.size > 1024:
                raise SystemExit(f"{tensor.name} {values.shape} is none of the stored weights")
            kept.append(tensor)
            continue
        first, length, shape = places[name]
        stored = TensorProto(name=name, data_type=TensorProto.FLOAT16, dims=shape, data_location=TensorProto.EXTERNAL)
        for key, value in {"location": WEIGHTS, "offset": first, "length": length}.items():
            stored.external_data.add(key=key, value=str(value))
        external[name] = stored
        casts[tensor.name] = [helper.make_node("Cast", [name], [tensor.name + ".f32"], to=TensorProto.FLOAT)]
        if list(values.shape) != shape:
            dims = numpy_helper.from_array(np.array(values.shape, np.int64), tensor.name + ".dims")
            kept.append(dims)
            casts[tensor.name].append(helper.make_node("Reshape", [tensor.name + ".f32", dims.name], [tensor.name]))
        else:
            casts[tensor.name][0].output[0] = tensor.name
    missing = set(names.values()) - set(external)
    if missing:
        raise SystemExit(f"the graph does not read {sorted(missing)}")
    nodes = [node for pair in casts.values() for node in pair] + list(graph.node)
    del graph.initializer[:], graph.node[:], graph.value_info[:]
    graph.initializer.extend([*kept, *external.values()])
    graph.node.extend(nodes)


def export(name: str) -> None:
    folder = SHIPPED / name
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        names = told_apart(folder, copy)
        kind = Text if json.loads((folder / "config.json").read_text())["model_type"] == "bert" else Vision
        model = kind(copy).eval()
        program = torch.onnx.export(
            model,
            model.example(),
            dynamo=True,
            optimize=False,
            opset_version=OPSET,
            input_names=model.takes,
            output_names=model.gives,
            dynamic_shapes=model.shapes(),
        )
        proto = program.model_proto
    refer_to_weights(proto.graph, names, offsets(folder / WEIGHTS))
    for node in proto.graph.node:
        del node.metadata_props[:]  # stack traces of the exporter
        node.doc_string = ""
    file = folder / "onnx" / "model.onnx"
    file.parent.mkdir(exist_ok=True)
    onnx.save(proto, file)
    print(f"{name}: {file.stat().st_size} bytes, logits at most {compare(name, file, model):.1e} from the golden vectors")


def compare(name: str, file: Path, model) -> float:
    """The largest difference of a logit between the graph, run by onnxruntime, and the golden vectors."""
    options = onnxruntime.SessionOptions()
    weights = (file.parents[1] / WEIGHTS).read_bytes()  # the session reads this memory: it must outlive it
    options.add_external_initializers_from_files_in_memory([WEIGHTS], [weights], [len(weights)])
    session = onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])
    golden = load_file(GOLDEN / name / "cases.safetensors")
    cases = {key.split(".")[0] for key in golden}
    apart = []
    for case in cases:
        get = lambda key: golden[f"{case}.{key}"].numpy()
        if isinstance(model, Text):
            row = lambda values: values.astype(np.int64)[None]
            values = [row(get("ids")), row(get("mask")[0]), row(get("segments")), row(get("positions"))]
        else:
            values = [get("pixels")[None]]
        answers = session.run(model.gives, dict(zip(model.takes, values)))
        apart += [np.abs(answer[0] - get(f"logits.{head}")).max() for head, answer in zip(model.gives, answers)]
    return float(max(apart))


if __name__ == "__main__":
    for config in sorted(SHIPPED.glob("*/config.json")):
        export(config.parent.name)

"""Golden vectors: small random models run by the official `transformers` (`--own`: by the recipes), for the tests of src/models.

    python training/golden/export.py                 random models  → src/models/golden/<name>/
    python training/golden/export.py --encoders      random models of the other encoders
    python training/golden/export.py --decoders      random models that write
    python training/golden/export.py --pictures      random models that reconstruct, detect, match and listen
    python training/golden/export.py --own           random models of types of this project's own, by the recipes' own PyTorch modules
    python training/golden/export.py --embedded      the shipped models' answers → src/models/golden/<name>/
    python training/golden/export.py --written       what clsroom-gpt2 writes → src/models/golden/written/clsroom-gpt2.json.gz

Each folder holds a model directory as Hugging Face lays it out (left out for shipped models) and `cases.safetensors`:
for case c the inputs `c.ids`, `c.segments`, `c.positions`, `c.pixels`, `c.spectrogram`, `c.kept` (patches), `c.mask` (1 = readable, [T, T]), and the answers
`c.hidden_states` [L + 1, T, D], `c.attentions` [L, H, T, T], `c.logits.<head>`. A decoder's mask lies under its causal one, unless `c.causal` is 0;
an encoder–decoder has also `c.decoder_ids`, `c.decoder_mask` [Td, Td], `c.cross_mask` [Td, T], and answers `c.decoder_hidden_states`,
`c.decoder_attentions`, `c.cross_attentions`. What models write is in `generate.json`.
"""

import argparse
import contextlib
import gzip
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import torch
import transformers as t
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForPreTraining, ViTConfig, ViTForImageClassification

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "training"
GOLDEN = ROOT / "src" / "models" / "golden"
SHIPPED = ROOT / "public" / "models"

sys.path.append(str(TRAINING / "shared"))  # what the recipes' own modules import


def attention_pool(x, query):
    """x [T, D], query [D] → [D]: softmax(x · query / sqrt(D)) weighs the rows."""
    return torch.softmax(x @ query / x.shape[-1] ** 0.5, dim=0) @ x


def head_logits(heads, config, rows, cls, pooler):
    """Logits of CLSroom's extra heads. rows [T, D] are the content rows, cls [D], pooler [D] or None."""
    logits = {}
    for name, head in config["clsroom"].get("heads", {}).items():
        pooled = {
            "pooler": lambda: pooler,
            "cls": lambda: cls,
            "mean": lambda: rows.mean(0),
            "attention": lambda: attention_pool(rows, heads[f"heads.{name}.query"]),
        }[head["pooling"]]()
        logits[name] = heads[f"heads.{name}.weight"] @ pooled + heads[f"heads.{name}.bias"]
    return logits


def random_heads(config, width):
    """Random weights for the heads that `config` names."""
    weights = {}
    for name, head in config["clsroom"]["heads"].items():
        weights[f"heads.{name}.weight"] = torch.randn(len(head["labels"]), width)
        weights[f"heads.{name}.bias"] = torch.randn(len(head["labels"]))
        if head["pooling"] == "attention":
            weights[f"heads.{name}.query"] = torch.randn(width)
    return weights


def randomise(model):
    """Larger weights than the initialiser's, so that attention is far from uniform and errors show."""
    for name, parameter in model.named_parameters():
        if "norm" in name.lower() and name.endswith("weight"):
            parameter.data = 1 + 0.2 * torch.randn_like(parameter)
        else:
            parameter.data = 0.3 * torch.randn_like(parameter)


def additive(mask):
    """A mask as eager attention adds it to the scores: a boolean 4-D mask would be added as 0 and 1."""
    return torch.where(mask, 0.0, torch.finfo(torch.float32).min)


def bert_case(model, config, heads, ids, segments=None, positions=None, mask=None):
    """Runs BertForPreTraining on one sequence of ids [T] under a mask [T, T] (1 = readable)."""
    tokens = len(ids)
    segments = segments if segments is not None else torch.zeros(tokens, dtype=torch.long)
    positions = positions if positions is not None else torch.arange(tokens)
    mask = mask if mask is not None else torch.ones(tokens, tokens, dtype=torch.bool)
    out = model(
        input_ids=ids[None],
        token_type_ids=segments[None],
        position_ids=positions[None],
        attention_mask=additive(mask)[None, None],
        output_hidden_states=True,
        output_attentions=True,
    )
    x = out.hidden_states[-1][0]
    logits = {"mlm": out.prediction_logits[0], "nsp": out.seq_relationship_logits[0]}
    logits |= head_logits(heads, config, x, x[0], model.bert.pooler(x[None])[0])
    return {
        "ids": ids.int(),
        "segments": segments.int(),
        "positions": positions.int(),
        "mask": mask.to(torch.uint8),
        **answers(out.hidden_states, out.attentions, logits),
    }


class Registers(torch.nn.Module):
    """ViT's embeddings with registers between CLS and the patches, without position (Darcet et al. 2024)."""

    def __init__(self, embeddings, registers):
        super().__init__()
        self.embeddings = embeddings
        self.patch_embeddings = embeddings.patch_embeddings  # ViTModel reads its dtype
        self.registers = registers  # [1, R, D]

    def forward(self, pixel_values, **options):
        x = self.embeddings(pixel_values, **options)
        return torch.cat([x[:, :1], self.registers.expand(len(x), -1, -1), x[:, 1:]], dim=1)


def vit_case(model, config, heads, pixels):
    """Runs ViTForImageClassification on pixels [C, H, W]."""
    out = model(pixels[None], output_hidden_states=True, output_attentions=True)
    x = model.vit.layernorm(out.hidden_states[-1])[0]
    patches = x[1 + config["clsroom"]["num_register_tokens"] :]
    logits = {"classifier": out.logits[0], **head_logits(heads, config, patches, x[0], None)}
    return {"pixels": pixels, **answers(out.hidden_states, out.attentions, logits)}


def answers(hidden_states, attentions, logits):
    return {
        "hidden_states": torch.cat(hidden_states),
        "attentions": torch.cat(attentions),
        **{f"logits.{name}": value for name, value in logits.items()},
    }


def write(name, cases, config=None, weights=None):
    folder = GOLDEN / name
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {f"{case}.{key}": value.contiguous() for case, values in cases.items() for key, value in values.items()}
    save_file(tensors, folder / "cases.safetensors")
    if config:
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        save_file({key: value.contiguous() for key, value in weights.items()}, folder / "model.safetensors")
    print(name, {path.name: path.stat().st_size for path in sorted(folder.iterdir())})


def classic_vit_names(model):
    """The names that checkpoints store, whatever this version of transformers calls its modules."""
    folder = Path("/tmp") / "clsroom-golden-vit"
    model.save_pretrained(folder)
    return load_file(folder / "model.safetensors")


def random_bert(name, seed, cases_of, **settings):
    torch.manual_seed(seed)
    config = {
        "architectures": ["BertForPreTraining"],
        "model_type": "bert",
        "max_position_embeddings": 80,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "clsroom": {
            "heads": {
                "sentiment": {"pooling": "pooler", "labels": ["negative", "positive"]},
                "topic": {"pooling": "attention", "labels": ["a", "b", "c"]},
                "average": {"pooling": "mean", "labels": ["a", "b", "c", "d"]},
            }
        },
        **settings,
    }
    model = BertForPreTraining(BertConfig(**config, attn_implementation="eager")).eval()
    randomise(model)
    heads = random_heads(config, config["hidden_size"])
    weights = {k: v for k, v in model.state_dict().items() if "decoder" not in k} | heads
    write(name, cases_of(model, config, heads), config, weights)


def bert_cases(model, config, heads):
    vocabulary = config["vocab_size"]
    ids = lambda n: torch.randint(0, vocabulary, (n,))
    padding = torch.ones(13, 13, dtype=torch.bool)
    padding[:, 9:] = False
    two = torch.cat([torch.zeros(9, dtype=torch.long), torch.ones(12, dtype=torch.long)])
    free = torch.rand(34, 34) < 0.5
    free.fill_diagonal_(True)
    run = lambda *a, **k: bert_case(model, config, heads, *a, **k)
    return {
        "one": run(ids(1)),
        "short": run(ids(7)),
        "padding": run(ids(13), mask=padding),
        "segments": run(ids(21), segments=two),
        "positions": run(ids(11), positions=torch.randperm(80)[:11]),
        "painted": run(ids(34), mask=free),
    }


def write_saved(name, model, cases, **settings):
    """The model directory as `save_pretrained` lays it out, with its own names, and its answers."""
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        config = json.loads((Path(folder) / "config.json").read_text())
        weights = load_file(Path(folder) / "model.safetensors")
    write(name, cases, config | settings, weights)


def text_case(model, ids, mask=None, given=lambda added: added, **inputs):
    """
    Runs a text encoder on one sequence of ids [T] under a mask [T, T] (1 = readable).
    given: what the model takes for an additive mask [1, 1, T, T]
    """
    tokens = len(ids)
    mask = mask if mask is not None else torch.ones(tokens, tokens, dtype=torch.bool)
    out = model(
        input_ids=ids[None],
        attention_mask=given(additive(mask)[None, None]),
        output_hidden_states=True,
        output_attentions=True,
        **{key: value[None] for key, value in inputs.items()},
    )
    names = {"token_type_ids": "segments", "position_ids": "positions"}
    return {
        "ids": ids.int(),
        **{names[key]: value.int() for key, value in inputs.items()},
        "mask": mask.to(torch.uint8),
        **answers(out.hidden_states, out.attentions, text_logits(model, out)),
    }


def text_logits(model, out):
    """The answers of any of transformers' classes for text, by CLSroom's names of the heads."""
    task = type(model).__name__.partition("For")[2]
    if task == "MaskedLM":
        return {"mlm": out.logits[0]}
    if task == "SequenceClassification":
        return {"classifier": out.logits[0]}
    if task == "TokenClassification":
        return {"tokens": out.logits[0]}
    if task == "QuestionAnswering":
        return {"span": torch.stack([out.start_logits[0], out.end_logits[0]], 1)}
    if hasattr(out, "sop_logits"):
        return {"mlm": out.prediction_logits[0], "sop": out.sop_logits[0]}
    return {"replaced": out.logits[0][:, None]}


SIZES = dict(vocab_size=67, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
             max_position_embeddings=48, attn_implementation="eager")


def text_encoder(name, seed, Model, config, paint=True, positions=True, segments=False, **options):
    """Golden vectors of a text encoder: one token, padding, a painted mask; positions and segments where it has them."""
    torch.manual_seed(seed)
    model = Model(config).eval()
    randomise(model)
    ids = lambda n: torch.randint(3, 60, (n,))
    padding = torch.ones(11, 11, dtype=torch.bool)
    padding[:, 8:] = False
    more = {}
    if paint:
        painted = torch.rand(19, 19) < 0.5
        painted.fill_diagonal_(True)
        more["painted"] = text_case(model, ids(19), mask=painted, **options)
    if positions:
        more["positions"] = text_case(model, ids(9), position_ids=torch.randperm(40)[:9], **options)
    if segments:
        two = torch.cat([torch.zeros(6, dtype=torch.long), torch.ones(7, dtype=torch.long)])
        more["segments"] = text_case(model, ids(13), token_type_ids=two, **options)
    write_saved(name, model, {
        "one": text_case(model, ids(1), **options),
        "padding": text_case(model, ids(11), mask=padding, **options),
        **more,
    })


def modernbert_masks(config):
    """ModernBERT takes a mask for each type of layer: local ones also keep to their window."""

    def masks(added):
        places = torch.arange(added.shape[-1])
        far = (places[:, None] - places).abs() > config.local_attention // 2
        local = added.masked_fill(far, torch.finfo(torch.float32).min)
        return {"full_attention": added, "sliding_attention": local}

    return masks


def readable_keys(added):
    """The keys [1, T] that a mask leaves to its first query: what a head that averages over them needs."""
    return (added[0, 0, :1] == 0).long()


def text_encoders():
    seeds = iter(range(20, 60))
    labels = {"num_labels": 4}
    for task in ("MaskedLM", "SequenceClassification", "TokenClassification", "QuestionAnswering"):
        more = labels if "Classification" in task else {}
        short = {"MaskedLM": "mlm", "SequenceClassification": "classes", "TokenClassification": "tokens",
                 "QuestionAnswering": "span"}[task]
        text_encoder(f"distilbert-{short}", next(seeds), getattr(t, f"DistilBertFor{task}"), t.DistilBertConfig(
            vocab_size=67, dim=24, n_layers=2, n_heads=3, hidden_dim=40, max_position_embeddings=48,
            attn_implementation="eager", **more))
        text_encoder(f"roberta-{short}", next(seeds), getattr(t, f"RobertaFor{task}"), t.RobertaConfig(
            **SIZES, type_vocab_size=1, layer_norm_eps=1e-5, **more))
        text_encoder(f"electra-{short}", next(seeds), getattr(t, f"ElectraFor{task}"), t.ElectraConfig(
            **SIZES, embedding_size=16, **more), segments=True)
        modern = t.ModernBertConfig(**(SIZES | {"num_hidden_layers": 4}), local_attention=6, pad_token_id=0, bos_token_id=1,
                                    eos_token_id=2, cls_token_id=1, sep_token_id=2,
                                    classifier_pooling="mean" if short == "classes" else "cls", **more)
        text_encoder(f"modernbert-{short}", next(seeds), getattr(t, f"ModernBertFor{task}"), modern,
                     given=readable_keys if short == "classes" else modernbert_masks(modern), paint=short != "classes")
    text_encoder("xlm-roberta-mlm", next(seeds), t.XLMRobertaForMaskedLM, t.XLMRobertaConfig(**SIZES, type_vocab_size=1))
    text_encoder("electra-discriminator", next(seeds), t.ElectraForPreTraining, t.ElectraConfig(
        **SIZES, embedding_size=24), segments=True)
    text_encoder("albert-pretraining", next(seeds), t.AlbertForPreTraining, t.AlbertConfig(
        **(SIZES | {"num_hidden_layers": 5}), embedding_size=16, num_hidden_groups=2), segments=True)
    text_encoder("albert-classes", next(seeds), t.AlbertForSequenceClassification, t.AlbertConfig(
        **SIZES, embedding_size=16, **labels), segments=True)


def causal(mask):
    return mask & torch.ones_like(mask).tril()


def decoder_case(model, ids, mask=None, is_causal=True, positions=None):
    """Runs a causal decoder on ids [T] under a mask [T, T] (1 = readable), which lies under the causal one."""
    mask = mask if mask is not None else torch.ones(len(ids), len(ids), dtype=torch.bool)
    out = model(
        input_ids=ids[None],
        attention_mask=additive(causal(mask) if is_causal else mask)[None, None],
        position_ids=None if positions is None else positions[None],
        output_hidden_states=True,
        output_attentions=True,
    )
    logits = {"classifier": out.logits[0]} if "Classification" in type(model).__name__ else {"lm": out.logits[0]}
    return {
        "ids": ids.int(),
        **({} if positions is None else {"positions": positions.int()}),
        "mask": mask.to(torch.uint8),
        "causal": torch.tensor([is_causal], dtype=torch.uint8),
        **answers(out.hidden_states, out.attentions, logits),
    }


def text_decoder(name, seed, Model, config, prompts=3):
    """Golden vectors of a causal decoder: one token, padding, positions, a painted mask, no causal mask; and what it writes."""
    torch.manual_seed(seed)
    model = Model(config).eval()
    randomise(model)
    ids = lambda n: torch.randint(3, 60, (n,))
    padding = torch.ones(11, 11, dtype=torch.bool)
    padding[:, 8:] = False
    painted = torch.rand(14, 14) < 0.6
    painted.fill_diagonal_(True)
    write_saved(name, model, {
        "one": decoder_case(model, ids(1)),
        "plain": decoder_case(model, ids(13)),
        "padding": decoder_case(model, ids(11), mask=padding),
        "positions": decoder_case(model, ids(9), positions=torch.randperm(40)[:9]),
        "painted": decoder_case(model, ids(14), mask=painted),
        "bidirectional": decoder_case(model, ids(7), is_causal=False),
    })
    if prompts:
        write_generated(name, model, [ids(n).tolist() for n in (4, 1, 7)[:prompts]])


def t5_case(model, ids, decoder_ids, mask=None, decoder_mask=None, cross_mask=None, is_causal=True):
    """Runs a T5 on ids [T] and decoder_ids [Td] under masks of its three kinds of attention (1 = readable)."""
    T, Td = len(ids), len(decoder_ids)
    ones = lambda *shape: torch.ones(*shape, dtype=torch.bool)
    mask = mask if mask is not None else ones(T, T)
    decoder_mask = decoder_mask if decoder_mask is not None else ones(Td, Td)
    cross_mask = cross_mask if cross_mask is not None else ones(Td, T)
    given = lambda mask: additive(mask)[None, None]
    wanted = dict(output_hidden_states=True, output_attentions=True)
    encoded = model.encoder(input_ids=ids[None], attention_mask=given(mask), **wanted)
    out = model(
        encoder_outputs=encoded,
        attention_mask=given(cross_mask),
        decoder_input_ids=decoder_ids[None],
        decoder_attention_mask=given(causal(decoder_mask) if is_causal else decoder_mask),
        use_cache=False,
        **wanted,
    )
    return {
        "ids": ids.int(),
        "decoder_ids": decoder_ids.int(),
        "mask": mask.to(torch.uint8),
        "decoder_mask": decoder_mask.to(torch.uint8),
        "cross_mask": cross_mask.to(torch.uint8),
        "causal": torch.tensor([is_causal], dtype=torch.uint8),
        **answers(encoded.hidden_states, encoded.attentions, {"lm": out.logits[0]}),
        "decoder_hidden_states": torch.cat(out.decoder_hidden_states),
        "decoder_attentions": torch.cat(out.decoder_attentions),
        "cross_attentions": torch.cat(out.cross_attentions),
    }


def t5(name, seed, generates=True, **settings):
    torch.manual_seed(seed)
    config = t.T5Config(vocab_size=67, d_model=20, d_kv=6, d_ff=28, num_layers=2, num_heads=3, pad_token_id=0,
                        relative_attention_num_buckets=8, relative_attention_max_distance=12, decoder_start_token_id=0,
                        attn_implementation="eager", **settings)
    model = t.T5ForConditionalGeneration(config).eval()
    randomise(model)
    ids = lambda n: torch.randint(3, 60, (n,))
    painted = lambda queries, keys: (torch.rand(queries, keys) < 0.6) | torch.eye(queries, keys, dtype=torch.bool)
    padding = torch.ones(9, 9, dtype=torch.bool)
    padding[:, 7:] = False
    write_saved(name, model, {
        "one": t5_case(model, ids(1), ids(1)),
        "long": t5_case(model, ids(15), ids(13)),
        "padding": t5_case(model, ids(9), ids(5), mask=padding, cross_mask=padding[:5]),
        "painted": t5_case(model, ids(8), ids(6), mask=painted(8, 8), decoder_mask=painted(6, 6), cross_mask=painted(6, 8)),
        "bidirectional": t5_case(model, ids(4), ids(6), is_causal=False),
    })
    if generates:
        write_generated(name, model, [ids(n).tolist() for n in (6, 1, 9)])


def write_generated(name, model, prompts):
    """What `generate` answers: one or several beams, length penalties, bounds of the length, tokens that may not be written."""
    plans = [dict(num_beams=beams, length_penalty=penalty) for beams in (1, 2, 3, 4) for penalty in (1.0, 0.3)]
    # Where longer ones are preferred, stopping early loses some that would have won.
    plans += [dict(num_beams=beams, length_penalty=4.0) for beams in (2, 3)]
    plans += [dict(num_beams=beams, length_penalty=2.0, min_new_tokens=6, suppress_tokens=[7, 11]) for beams in (1, 3)]
    cases = [generated(model, prompt, **plan) for prompt in prompts for plan in plans]
    (GOLDEN / name / "generate.json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
    ends = sum(sequence[-1] in model.config.eos_token_id for case in cases for sequence in case["sequences"])
    print(name, "sequences that end", ends, "of", sum(len(case["sequences"]) for case in cases))


def generated(model, prompt, num_beams, length_penalty, max_new_tokens=10, **settings):
    """One call of `generate` by our names, its sequences without padding, and their scores."""
    out = model.generate(
        torch.tensor([prompt]), num_beams=num_beams, num_return_sequences=num_beams, length_penalty=length_penalty,
        max_new_tokens=max_new_tokens, do_sample=False, output_logits=True, output_scores=True,
        return_dict_in_generate=True, **settings,
    )
    start = 1 if model.config.is_encoder_decoder else len(prompt)
    ends = set(model.config.eos_token_id)
    sequences = []
    for row in out.sequences.tolist():
        end = next((i for i in range(start, len(row)) if row[i] in ends), len(row) - 1)
        sequences.append(row[: end + 1])
    if num_beams > 1:
        scores = out.sequences_scores.tolist()
    else:
        # `generate` scores no single sequence: the same sum over log-probabilities as of a beam.
        new = sequences[0][start:]
        steps = [torch.log_softmax(logits[0], -1)[token].item() for logits, token in zip(out.logits, new)]
        scores = [sum(steps) / len(steps) ** length_penalty]
    names = {"min_new_tokens": "minNewTokens", "suppress_tokens": "suppressTokens"}
    return {
        "inputIds": prompt, "maxNewTokens": max_new_tokens, "numBeams": num_beams, "lengthPenalty": length_penalty,
        **{names[key]: value for key, value in settings.items()}, "sequences": sequences, "scores": scores,
    }


PROMPTS = [
    "", "The cat sat on the", "Once upon a time there was a", "A dog is", "One day", "She opened the", "The king had three",
    "In the forest lived a", "My brother has a", "The little mouse", "It was raining, and", "I like to eat", "The old woman said",
    "There was once a poor", "He went to the", "A bird is", "Tom and Anna", "The fox saw the", "When the sun", "The capital of France is",
]


def written(name):
    """Beams of a shipped model: 20 prompts × 1–8 beams × 4 length penalties, and bounds of the length; new tokens only."""
    from tokenizers import Tokenizer

    folder = SHIPPED / name
    model = t.GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    model.config.eos_token_id = [model.config.eos_token_id]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    prompts = [tokenizer.encode(text).ids for text in PROMPTS]
    plans = [dict(num_beams=beams, length_penalty=penalty) for beams in range(1, 9) for penalty in (-1.0, 0.0, 1.0, 2.0)]
    bounds = [
        dict(suppress_tokens=[2]), dict(min_new_tokens=16), dict(max_new_tokens=3), dict(max_new_tokens=64),
        dict(min_new_tokens=10, max_new_tokens=12, suppress_tokens=[3]),
    ]
    bounded = [dict(num_beams=beams, length_penalty=1.0, **bound) for beams in (1, 4) for bound in bounds]
    cases = []
    for place, prompt in enumerate(prompts):
        for plan in plans + (bounded if place < 4 else []):
            case = generated(model, prompt, **(dict(max_new_tokens=24) | plan))
            case["sequences"] = [sequence[len(prompt):] for sequence in case["sequences"]]
            case["scores"] = [round(score, 6) for score in case["scores"]]
            cases.append({"prompt": place} | {key: value for key, value in case.items() if key != "inputIds"})
    path = GOLDEN / "written" / f"{name}.json.gz"
    path.parent.mkdir(exist_ok=True)
    text = json.dumps({"prompts": prompts, "cases": cases}, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(path.name, len(cases), "cases", path.stat().st_size, "bytes")


def warped():
    """What sampling draws from: one row of logits under transformers' repetition penalty, temperature, top-k, top-p and min-p."""
    torch.manual_seed(90)
    logits = 3 * torch.randn(1, 40)
    present = [3, 3, 17, 30, 8]
    plans = [
        dict(temperature=0.7), dict(topK=5), dict(topP=0.8), dict(temperature=1.5, topK=12, topP=0.6),
        dict(repetitionPenalty=1.3), dict(minP=0.1), dict(temperature=2.0, topP=0.95, minP=0.05),
        dict(repetitionPenalty=1.7, temperature=1.2, topK=20, topP=0.9, minP=0.02),
    ]
    names = {"repetitionPenalty": t.RepetitionPenaltyLogitsProcessor, "temperature": t.TemperatureLogitsWarper,
             "topK": t.TopKLogitsWarper, "topP": t.TopPLogitsWarper, "minP": t.MinPLogitsWarper}
    cases = []
    for plan in plans:
        scores = logits.clone()
        for key, Warper in names.items():
            if key in plan:
                scores = Warper(plan[key])(torch.tensor([present]), scores)
        cases.append({"sample": plan, "probabilities": torch.softmax(scores[0], -1).tolist()})
    text = json.dumps({"logits": logits[0].tolist(), "present": present, "cases": cases})
    (GOLDEN / "warped.json").write_text(text + "\n")


def text_decoders():
    ends = dict(eos_token_id=[5, 11, 23, 29, 35, 41, 47, 60])
    gpt2 = dict(vocab_size=67, n_positions=48, n_embd=24, n_layer=2, n_head=3, bos_token_id=1, attn_implementation="eager")
    text_decoder("gpt2-lm", 70, t.GPT2LMHeadModel, t.GPT2Config(**gpt2, **ends))
    text_decoder("gpt2-scaled", 71, t.GPT2LMHeadModel, t.GPT2Config(
        **gpt2, n_inner=40, activation_function="relu", scale_attn_by_inverse_layer_idx=True, tie_word_embeddings=False), 0)
    text_decoder("gpt2-classes", 72, t.GPT2ForSequenceClassification, t.GPT2Config(**gpt2, num_labels=4, pad_token_id=0), 0)
    llama = SIZES | dict(num_attention_heads=6, num_key_value_heads=2, pad_token_id=0)
    text_decoder("llama-lm", 73, t.LlamaForCausalLM, t.LlamaConfig(**llama, **ends, tie_word_embeddings=True))
    text_decoder("llama-biased", 74, t.LlamaForCausalLM, t.LlamaConfig(
        **llama, attention_bias=True, mlp_bias=True, head_dim=8, rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "linear", "factor": 3.0, "rope_theta": 500.0}), 0)
    text_decoder("llama-scaled", 75, t.LlamaForCausalLM, t.LlamaConfig(
        **(llama | {"num_key_value_heads": 6}), head_dim=8, rope_parameters={
            "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 24, "rope_theta": 100.0}), 0)
    text_decoder("llama-classes", 76, t.LlamaForSequenceClassification, t.LlamaConfig(**llama, num_labels=3), 0)
    t5("t5-relu", 77, **ends)
    t5("t5-gated", 78, **ends, feed_forward_proj="gated-gelu", tie_word_embeddings=False, num_decoder_layers=1, generates=False)
    warped()


def image_case(model, pixels):
    """Runs an image classifier on pixels [C, H, W], of whatever size."""
    options = {} if "Dinov2" in type(model).__name__ else {"interpolate_pos_encoding": True}
    out = model(pixels[None], output_hidden_states=True, output_attentions=True, **options)
    if hasattr(out, "cls_logits"):
        logits = {"cls_distillation": out.logits[0], "cls": out.cls_logits[0], "distillation": out.distillation_logits[0]}
    else:
        logits = {"cls_patches" if "Dinov2" in type(model).__name__ else "classifier": out.logits[0]}
    return {"pixels": pixels, **answers(out.hidden_states, out.attentions, logits)}


def image_encoder(name, seed, Model, config, sizes):
    """Golden vectors of an image encoder on pictures of these sizes (H, W): its own, and others, which move its positions."""
    torch.manual_seed(seed)
    model = Model(config).eval()
    randomise(model)
    write_saved(name, model, {
        f"picture{height}x{width}": image_case(model, torch.randn(3, height, width)) for height, width in sizes
    })


def image_encoders():
    sizes = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=3, image_size=12, patch_size=4, num_labels=5,
                 attn_implementation="eager")
    forward = dict(intermediate_size=40)
    image_encoder("deit-classes", 60, t.DeiTForImageClassification, t.DeiTConfig(**sizes, **forward), [(12, 12), (8, 20)])
    image_encoder("deit-teacher", 61, t.DeiTForImageClassificationWithTeacher, t.DeiTConfig(**sizes, **forward), [(12, 12)])
    image_encoder("dinov2", 62, t.Dinov2ForImageClassification, t.Dinov2Config(**sizes, mlp_ratio=2), [(12, 12), (20, 8)])
    image_encoder("dinov2-swiglu", 63, t.Dinov2ForImageClassification, t.Dinov2Config(
        **sizes, mlp_ratio=3, use_swiglu_ffn=True), [(12, 12)])
    image_encoder("dinov2-registers", 64, t.Dinov2WithRegistersForImageClassification, t.Dinov2WithRegistersConfig(
        **(sizes | {"image_size": 24}), mlp_ratio=2, num_register_tokens=3), [(24, 24), (12, 20), (28, 32)])


@contextlib.contextmanager
def recorded(layers):
    """What a stack of layers read and gave, where transformers does not hand it out: hidden states, attention maps."""
    states, maps = [], []
    first = layers[0].register_forward_pre_hook(lambda module, given: states.append(given[0]))
    hooks = [layer.register_forward_hook(lambda module, given, out: states.append(out)) for layer in layers]
    hooks += [layer.attention.register_forward_hook(lambda module, given, out: maps.append(out[1])) for layer in layers]
    yield states, maps
    for hook in [first, *hooks]:
        hook.remove()


def mae_case(model, pixels, kept):
    """Runs ViTMAEForPreTraining on pixels [C, H, W], of which the encoder reads these patches: the noise sorts them first."""
    patches = (pixels.shape[1] // model.config.patch_size) * (pixels.shape[2] // model.config.patch_size)
    model.vit.embeddings.config.mask_ratio = 1 - (len(kept) + 0.5) / patches
    noise = torch.full((1, patches), 2.0) + torch.arange(patches) / patches
    noise[0, kept] = torch.arange(len(kept)) / patches
    with recorded(model.decoder.decoder_layers) as (states, maps):
        out = model(pixels[None], noise=noise, interpolate_pos_encoding=True, output_hidden_states=True, output_attentions=True)
    return {
        "pixels": pixels,
        "kept": torch.tensor(kept, dtype=torch.int32),
        **answers(out.hidden_states, out.attentions, {"reconstruction": out.logits[0]}),
        "decoder_hidden_states": torch.cat(states),
        "decoder_attentions": torch.cat(maps),
    }


def mae_models():
    torch.manual_seed(80)
    model = t.ViTMAEForPreTraining(t.ViTMAEConfig(
        hidden_size=24, num_hidden_layers=3, num_attention_heads=3, intermediate_size=40, image_size=12, patch_size=3,
        decoder_hidden_size=20, decoder_num_hidden_layers=2, decoder_num_attention_heads=2, decoder_intermediate_size=28,
        attn_implementation="eager")).eval()
    randomise(model)
    write_saved("vit-mae", model, {
        "quarter": mae_case(model, torch.randn(3, 12, 12), [11, 2, 7, 4]),
        "one": mae_case(model, torch.randn(3, 12, 12), [15]),
        "all": mae_case(model, torch.randn(3, 12, 12), list(range(16))),
        "other_size": mae_case(model, torch.randn(3, 9, 15), [3, 14, 0, 8, 6]),
    })


def yolos_case(model, pixels):
    """Runs YolosForObjectDetection on pixels [C, H, W], of whatever size."""
    out = model(pixels[None], output_hidden_states=True, output_attentions=True)
    logits = {"classes": out.logits[0], "boxes": out.pred_boxes[0]}
    return {"pixels": pixels, **answers(out.hidden_states, out.attentions, logits)}


def yolos_models():
    sizes = dict(hidden_size=24, num_hidden_layers=3, num_attention_heads=3, intermediate_size=40, image_size=[12, 20],
                 patch_size=4, num_labels=5, num_detection_tokens=3, attn_implementation="eager")
    for name, seed, mid in (("yolos", 81, False), ("yolos-mid-positions", 82, True)):
        torch.manual_seed(seed)
        model = t.YolosForObjectDetection(t.YolosConfig(**sizes, use_mid_position_embeddings=mid)).eval()
        randomise(model)
        write_saved(name, model, {
            f"picture{height}x{width}": yolos_case(model, torch.randn(3, height, width)) for height, width in [(12, 20), (16, 9)]
        })


def clip_models():
    tower = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40)
    for name, seed, act, eos in (("clip", 83, "quick_gelu", 61), ("clip-old-eos", 84, "gelu", 2)):
        torch.manual_seed(seed)
        model = t.CLIPModel(t.CLIPConfig(
            text_config=dict(**(tower | {"hidden_size": 18}), vocab_size=62, max_position_embeddings=20, eos_token_id=eos,
                             bos_token_id=60, pad_token_id=1, hidden_act=act),
            vision_config=dict(**tower, image_size=12, patch_size=4, hidden_act=act),
            projection_dim=14, attn_implementation="eager")).eval()
        randomise(model)
        model.logit_scale.data = torch.tensor(2.6592)
        words = torch.randint(3, 58, (7,))
        end = 61  # the highest id
        write_saved(name, model, {
            "text": clip_text(model, torch.tensor([60, *words, end, end, 1])),
            "padded": clip_text(model, torch.tensor([60, *words[:3], end, 1, 1]), torch.tensor([1, 1, 1, 1, 1, 0, 0])),
            "picture": clip_picture(model, torch.randn(3, 12, 12)),
            "other_size": clip_picture(model, torch.randn(3, 8, 17)),
            "pair": clip_pair(model, torch.tensor([60, *words[2:], end]), torch.randn(3, 12, 12)),
        })


def sound_models():
    torch.manual_seed(85)
    model = t.ASTForAudioClassification(t.ASTConfig(
        hidden_size=24, num_hidden_layers=3, num_attention_heads=3, intermediate_size=40, patch_size=4, frequency_stride=3,
        time_stride=2, max_length=15, num_mel_bins=11, num_labels=5, attn_implementation="eager")).eval()
    randomise(model)
    write_saved("audio-spectrogram-transformer", model, {f"sound{i}": sound_case(model, torch.randn(15, 11)) for i in range(2)})


def sound_case(model, spectrogram):
    """Runs ASTForAudioClassification on a spectrogram [frames, bins]."""
    out = model(spectrogram[None], output_hidden_states=True, output_attentions=True)
    return {"spectrogram": spectrogram, **answers(out.hidden_states, out.attentions, {"classifier": out.logits[0]})}


def detr_case(model, pixels):
    """Runs DetrForObjectDetection on pixels [C, H, W]."""
    out = model(pixels[None], output_hidden_states=True, output_attentions=True)
    logits = {"classes": out.logits[0], "boxes": out.pred_boxes[0]}
    return {
        "pixels": pixels,
        **answers(out.encoder_hidden_states, out.encoder_attentions, logits),
        "decoder_hidden_states": torch.cat(out.decoder_hidden_states),
        "decoder_attentions": torch.cat(out.decoder_attentions),
        "cross_attentions": torch.cat(out.cross_attentions),
    }


def detr_models():
    sizes = dict(d_model=24, num_queries=4, num_labels=5, encoder_layers=2, decoder_layers=2, encoder_attention_heads=3,
                 decoder_attention_heads=2, encoder_ffn_dim=30, decoder_ffn_dim=36, attn_implementation="eager")
    basic = t.ResNetConfig(embedding_size=6, hidden_sizes=[6, 10], depths=[1, 2], layer_type="basic", out_features=["stage2"])
    narrow = t.ResNetConfig(embedding_size=8, hidden_sizes=[8, 12, 16], depths=[1, 2, 1], downsample_in_first_stage=True,
                            downsample_in_bottleneck=True, out_features=["stage1", "stage2"])
    for name, seed, backbone, aux in (("detr", 86, basic, False), ("detr-bottleneck", 87, narrow, True)):
        torch.manual_seed(seed)
        model = t.DetrForObjectDetection(t.DetrConfig(**sizes, backbone_config=backbone, auxiliary_loss=aux)).eval()
        randomise(model)
        for buffer, value in model.named_buffers():
            if "running_var" in buffer:
                value.copy_(0.5 + torch.rand_like(value))
            elif "normalization" in buffer:
                value.copy_((1 if buffer.endswith("weight") else 0) + 0.2 * torch.randn_like(value))
        write_saved(name, model, {
            f"picture{height}x{width}": detr_case(model, torch.randn(3, height, width)) for height, width in [(32, 32), (27, 41)]
        })


def unit(x):
    return x / x.norm(dim=-1, keepdim=True)


def clip_text(model, ids, readable=None):
    """Runs the text tower on ids [T]; readable [T]: 0 for padding. A mask is causal, too."""
    readable = readable if readable is not None else torch.ones(len(ids), dtype=torch.long)
    out = model.text_model(ids[None], attention_mask=readable[None], output_hidden_states=True, output_attentions=True)
    logits = {"textEmbeds": unit(model.text_projection(out.pooler_output))[0]}
    mask = readable[None].expand(len(ids), -1).tril()
    return {"ids": ids.int(), "mask": mask.to(torch.uint8), **answers(out.hidden_states, out.attentions, logits)}


def clip_picture(model, pixels):
    out = model.vision_model(pixels[None], interpolate_pos_encoding=True, output_hidden_states=True, output_attentions=True)
    logits = {"imageEmbeds": unit(model.visual_projection(out.pooler_output))[0]}
    return {"pixels": pixels, **answers(out.hidden_states, out.attentions, logits)}


def clip_pair(model, ids, pixels):
    out = model(ids[None], pixels[None])
    logits = {"textEmbeds": out.text_embeds[0], "imageEmbeds": out.image_embeds[0], "logitsPerImage": out.logits_per_image[0]}
    return {"ids": ids.int(), "pixels": pixels, **{f"logits.{name}": value for name, value in logits.items()}}


def pictures():
    mae_models()
    clip_models()
    sound_models()
    detr_models()
    yolos_models()


def tasks_case(model, pixels):
    """Runs the recipe's TaskViT on pixels [C, H, W]."""
    logits, states, _ = model(pixels[None], keep=True)
    return {"pixels": pixels, **answers(states, model.vit.encoder.maps(), {task: row[0] for task, row in logits.items()})}


def task_models():
    torch.manual_seed(90)
    labels = {"object": ["a", "b", "c", "d", "e"], "border": ["dark", "light"], "rotation": ["0", "90", "180", "270"]}
    config = {
        "model_type": "clsroom_vit_tasks",
        "image_size": 16,
        "patch_size": 4,
        "hidden_size": 24,
        "num_hidden_layers": 2,
        "num_attention_heads": 3,
        "intermediate_size": 40,
        "num_cls_tokens": len(labels),
        "clsroom": {
            "cls_tokens": list(labels),
            "heads": {
                task: {"pooling": "cls", "token": number, "labels": names} for number, (task, names) in enumerate(labels.items())
            },
        },
    }
    model = recipe_module("tasks", "model").TaskViT(config).eval()
    randomise(model)
    cases = {f"picture{i}": tasks_case(model, torch.randn(3, 16, 16)) for i in range(2)}
    write("vit-tasks", cases, config, model.state_dict())


def recipes():
    """Makes the recipes' own PyTorch modules importable."""
    sys.path += [str(TRAINING / folder) for folder in ("shared", "tasks", "detect")]


def vidt_case(model, pixels):
    """Runs the recipe's ViDT on pixels [C, H, W]."""
    out = model(pixels[None], maps=True)
    logits = {"classes": out["logits"][-1, 0], "boxes": out["pred_boxes"][-1, 0]}
    return {
        "pixels": pixels,
        **answers(out["hidden_states"], out["attentions"], logits),
        "decoder_hidden_states": torch.cat(out["decoder_hidden_states"]),
        "decoder_attentions": torch.cat(out["decoder_attentions"]),
        "cross_attentions": torch.cat(out["cross_attentions"]),
    }


def vidt_models():
    """Windows that a grid of five fills in part; one layer in which DET does not look at PATCH."""
    from vidt import ViDT

    torch.manual_seed(91)
    config = {
        "model_type": "clsroom_vidt",
        "image_size": [20, 20],
        "patch_size": 4,
        "hidden_size": 24,
        "num_hidden_layers": 4,
        "num_attention_heads": 3,
        "intermediate_size": 40,
        "layer_norm_eps": 1e-12,
        "num_detection_tokens": 3,
        "window_size": 2,
        "shift_size": 1,
        "det_patch_layers": [0, 1, 3],
        "decoder_layers": 2,
        "decoder_ffn_dim": 36,
        "id2label": {str(k): f"class {k}" for k in range(5)},
    }
    model = ViDT(config).eval()
    randomise(model)
    cases = {f"picture{i}": vidt_case(model, torch.randn(3, 20, 20)) for i in range(2)}
    write("vidt", cases, config, model.state_dict())


def recipe_module(folder, name):
    """A file of a recipe; several recipes have one of the same name."""
    spec = importlib.util.spec_from_file_location(f"{folder}_{name}", TRAINING / folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def memory_case(model, ids, segments, mask):
    """Runs the recipe's MemoryTransformer on ids [T] under a mask [M + T, M + T] (1 = readable)."""
    hidden, maps = model(ids[None], segments[None], mask[None], keep=True)
    logits = {"mlm": model.token_logits(hidden[-1][0, model.memory :])}
    logits |= {name: model.head_logits(name, hidden[-1])[0] for name in model.heads}
    return {
        "ids": ids.int(),
        "segments": segments.int(),
        "mask": mask.to(torch.uint8),
        **answers(hidden, maps, logits),
    }


def memory_cases(model, recipe, ids, segments, window):
    """Read without a window, under one, and with a memory that text may not read."""
    may = lambda **rules: recipe.readable(ids[None], model.memory, **rules)[0]
    masks = {"open": may(), "window": may(window=window)}
    if model.memory:
        masks["unread"] = may(window=window, text_reads_memory=False)
    return {name: memory_case(model, ids, segments, mask) for name, mask in masks.items()}


def memory_models():
    recipe = recipe_module("memory", "model")
    for seed, (variant, memory) in enumerate([("memtransformer", 3), ("memctrl", 3), ("membottleneck", 5), ("memtransformer", 0)]):
        torch.manual_seed(93 + seed)
        config = {
            "model_type": "clsroom_memory",
            "variant": variant,
            "num_memory_tokens": memory,
            "attention_window": 2,
            "vocab_size": 67,
            "hidden_size": 24,
            "num_hidden_layers": 3,
            "num_attention_heads": 3,
            "intermediate_size": 40,
            "hidden_act": "gelu",
            "max_position_embeddings": 40,
            "type_vocab_size": 2,
            "layer_norm_eps": 1e-12,
            "clsroom": {"heads": {"mood": {"pooling": "memory_mean" if memory else "cls", "labels": ["bad", "good"]}}},
        }
        model = recipe.MemoryTransformer(config).eval()
        randomise(model)
        ids = torch.randint(5, 67, (33,))
        segments = (torch.arange(33) > 20).long()
        name = f"memory-{variant.removeprefix('mem')}" if memory else "memory-none"
        write(name, memory_cases(model, recipe, ids, segments, 2), config, model.state_dict())


def embedded_memory(name):
    """A fact asked for beyond the window."""
    from tokenizers import Tokenizer

    recipe, folder = recipe_module("memory", "model"), SHIPPED / name
    model = recipe.MemoryTransformer(json.loads((folder / "config.json").read_text())).eval()
    model.load_state_dict({key: value.float() for key, value in load_file(folder / "model.safetensors").items()})
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    fact = "tom has the key. then he went home and she read a book in the garden with her little brother and his dog"
    coded = tokenizer.encode(fact, "tom has the [MASK].")
    ids, segments = torch.tensor(coded.ids), torch.tensor(coded.type_ids)
    mask = recipe.readable(ids[None], model.memory, window=4)[0]
    write(name, {"recall": memory_case(model, ids, segments, mask)})


def vit_memory_case(model, heads, config, pixels, names, mask):
    """Runs the recipe's MemoryViT on pixels [C, H, W] under a mask [T, T + M]; None: everybody reads everything."""
    logits, states, last = model(pixels[None], names, mask, keep=True)
    logits = {name: row[0] for name, row in logits.items()}
    logits |= head_logits(heads, config, last[0, 1 : 1 + model.patches], last[0, 0], None)
    given = {} if mask is None else {"mask": mask.to(torch.uint8)}
    return {"pixels": pixels.clone(), **given, **answers(states, model.vit.encoder.maps(), logits)}


def vit_memory_cases(model, heads, config, pictures):
    """Under the paper's mask, with every memory masked, and without any mask."""
    names = list(model.tasks)
    run = lambda picture, mask: vit_memory_case(model, heads, config, pictures[picture], names, mask)
    first, second = list(pictures)
    return {
        f"{first}_masked": run(first, model.mask(names)),
        f"{second}_blind": run(second, model.mask(names, without_memory=True)),
        f"{second}_open": run(second, None),
    }


def vit_memory_models():
    torch.manual_seed(91)
    config = {
        "model_type": "clsroom_vit_memory",
        "image_size": 12,
        "patch_size": 4,
        "hidden_size": 24,
        "num_hidden_layers": 3,
        "num_attention_heads": 3,
        "intermediate_size": 40,
        "id2label": {str(k): f"class {k}" for k in range(5)},
        "clsroom": {
            "heads": {"average": {"pooling": "mean", "labels": ["a", "b"]}},
            "tasks": {
                "first": {"labels": ["a", "b", "c", "d", "e", "f"], "reads": ["inputs", "first"], "memory_tokens": 2},
                "bare": {"labels": ["a", "b", "c", "d", "e"], "reads": ["inputs", "bare"], "memory_tokens": 0},
                "later": {"labels": ["a", "b", "c", "d", "e"], "reads": ["inputs", "base", "first", "later"], "memory_tokens": 3},
            },
        },
    }
    model = recipe_module("vit_memory", "model").MemoryViT(config).eval()
    randomise(model)
    heads = random_heads(config, 24)
    pictures = {name: torch.randn(3, 12, 12) for name in ("one", "other")}
    write("vit-memory", vit_memory_cases(model, heads, config, pictures), config, model.state_dict() | heads)


def embedded_vit_memory(name):
    torch.manual_seed(0)
    folder = SHIPPED / name
    config, stored = json.loads((folder / "config.json").read_text()), load_file(folder / "model.safetensors")
    model = recipe_module("vit_memory", "model").MemoryViT(config).eval()
    model.load_state_dict({key: value.float() for key, value in stored.items() if not key.startswith("heads.")})
    write(name, vit_memory_cases(model, embedded_heads(folder), config, {"ramps": ramps(32), "noise": torch.randn(3, 32, 32)}))


def own_models():
    recipes()
    task_models()
    vidt_models()
    memory_models()
    vit_memory_models()


def random_vit(name, seed, image_size, patch_size, registers, channels=3, **settings):
    torch.manual_seed(seed)
    config = {
        "architectures": ["ViTForImageClassification"],
        "model_type": "vit",
        "image_size": image_size,
        "patch_size": patch_size,
        "num_channels": channels,
        "layer_norm_eps": 1e-12,
        "id2label": {str(k): f"class {k}" for k in range(5)},
        "label2id": {f"class {k}": k for k in range(5)},
        "clsroom": {
            "num_register_tokens": registers,
            "heads": {
                "average": {"pooling": "mean", "labels": ["a", "b", "c", "d", "e"]},
                "attention": {"pooling": "attention", "labels": ["a", "b", "c", "d", "e"]},
            },
        },
        **settings,
    }
    hf_config = ViTConfig(**{k: v for k, v in config.items() if k != "clsroom"}, attn_implementation="eager")
    model = ViTForImageClassification(hf_config).eval()
    randomise(model)
    width = config["hidden_size"]
    heads = random_heads(config, width)
    weights = classic_vit_names(model) | heads
    if registers:
        tokens = 0.5 * torch.randn(1, registers, width)
        weights["vit.embeddings.register_tokens"] = tokens
        model.vit.embeddings = Registers(model.vit.embeddings, tokens)
    height, breadth = image_size if isinstance(image_size, (list, tuple)) else (image_size, image_size)
    cases = {f"picture{i}": vit_case(model, config, heads, torch.randn(channels, height, breadth)) for i in range(2)}
    write(name, cases, config, weights)


def embedded_heads(folder):
    with safe_open(folder / "model.safetensors", "pt") as file:
        return {key: file.get_tensor(key).float() for key in file.keys() if key.startswith(("heads.", "vit.embeddings.register"))}


def embedded_bert(name):
    from tokenizers import Tokenizer

    folder = SHIPPED / name
    model = BertForPreTraining.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    config, heads = json.loads((folder / "config.json").read_text()), embedded_heads(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def run(*texts):
        encoding = tokenizer.encode(*texts)
        return bert_case(model, config, heads, torch.tensor(encoding.ids), segments=torch.tensor(encoding.type_ids))

    cases = {
        "sentence": run("The movie was excellent."),
        "masked": run("the cat sat on the [MASK] ."),
        "pair": run("the film was a dull mess", "nobody laughed"),
    }
    write(name, cases)


def embedded_gpt2(name):
    """With its own special tokens around and between sentences, without `<bos>`, and padded."""
    from tokenizers import Tokenizer

    folder = SHIPPED / name
    model = t.GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = lambda text: torch.tensor(tokenizer.encode(text, add_special_tokens=False).ids)
    padded = ids("<bos>A dog barks.<eosent><eos><pad><pad>")
    unread = torch.ones(len(padded), len(padded), dtype=torch.bool)
    unread[:, -2:] = False
    write(name, {
        "sentences": decoder_case(model, ids("<bos>The cat sat on the mat.<eosent> It was happy.<eosent><eos>")),
        "without_bos": decoder_case(model, ids("The sky is")),
        "padded": decoder_case(model, padded, mask=unread),
    })


def embedded_t5(name):
    """A date, a reversal and sentinels to fill, with the right answers given to the decoder."""
    from tokenizers import Tokenizer

    folder = SHIPPED / name
    model = t.T5ForConditionalGeneration.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = lambda text: torch.tensor(tokenizer.encode(text).ids)
    start = torch.tensor([model.config.decoder_start_token_id])
    run = lambda source, answer: t5_case(model, ids(source), torch.cat([start, ids(answer)[:-1]]))
    write(name, {
        "date": run("date: Friday, 27 November 2026", "2026-11-27"),
        "reverse": run("reverse: cat dog sun", "sun dog cat"),
        "fill": run("fill: the <extra_id_0> sat on the <extra_id_1>.", "<extra_id_0> cat <extra_id_1> mat <extra_id_2>"),
    })


def ramps(size):
    """A picture [3, size, size] of a slope to the right, one down, and their product."""
    ramp = torch.linspace(-1, 1, size)
    return torch.stack([ramp[None].expand(size, -1), ramp[:, None].expand(-1, size), ramp[None] * ramp[:, None]])


def embedded_vit(name, inputs=("ramps", "noise")):
    torch.manual_seed(0)
    folder = SHIPPED / name
    model = ViTForImageClassification.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    config, heads = json.loads((folder / "config.json").read_text()), embedded_heads(folder)
    if "vit.embeddings.register_tokens" in heads:
        model.vit.embeddings = Registers(model.vit.embeddings, heads["vit.embeddings.register_tokens"])
    size = config["image_size"]
    pictures = {"ramps": ramps(size), "noise": torch.randn(3, size, size)}
    write(name, {picture: vit_case(model, config, heads, pictures[picture]) for picture in inputs})


def embedded_mae(name):
    """A quarter of the patches read, and one of them."""
    torch.manual_seed(0)
    model = t.ViTMAEForPreTraining.from_pretrained(SHIPPED / name, attn_implementation="eager", dtype=torch.float32).eval()
    size = model.config.image_size
    write(name, {
        "ramps": mae_case(model, ramps(size), torch.randperm(64)[:16].tolist()),
        "noise": mae_case(model, torch.randn(3, size, size), [27]),
    })


def embedded_tasks(name, inputs):
    recipes()
    from model import TaskViT
    from picture_files import read_weights

    torch.manual_seed(0)
    folder = SHIPPED / name
    config = json.loads((folder / "config.json").read_text())
    model = read_weights(TaskViT(config), folder)
    size = config["image_size"]
    pictures = {"ramps": ramps(size), "noise": torch.randn(3, size, size)}
    write(name, {picture: tasks_case(model, pictures[picture]) for picture in inputs})


def embedded_detector(name, load, case):
    """The page's first scene, normalised as the model's preprocessor says, and noise."""
    import numpy
    from PIL import Image

    torch.manual_seed(0)
    folder = SHIPPED / name
    model = load(folder).eval()
    processor = json.loads((folder / "preprocessor_config.json").read_text())
    scene = numpy.array(Image.open(ROOT / "public/samples/scenes/scene-05.png").convert("RGB"))
    mean, std = (torch.tensor(processor[key])[:, None, None] for key in ("image_mean", "image_std"))
    pixels = (torch.from_numpy(scene).permute(2, 0, 1) / 255 - mean) / std
    write(name, {"scene": case(model, pixels), "noise": case(model, torch.randn(pixels.shape))})


def embedded_detectors():
    recipes()
    from vidt import ViDT

    eager = {"attn_implementation": "eager", "dtype": torch.float32}
    embedded_detector("clsroom-yolos", lambda folder: t.YolosForObjectDetection.from_pretrained(folder, **eager), yolos_case)
    embedded_detector("clsroom-detr", lambda folder: t.DetrForObjectDetection.from_pretrained(folder, **eager), detr_case)
    embedded_detector("clsroom-vidt", ViDT.from_pretrained, vidt_case)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedded", action="store_true")
    parser.add_argument("--encoders", action="store_true")
    parser.add_argument("--decoders", action="store_true")
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--written", action="store_true")
    options = parser.parse_args()
    with torch.no_grad():
        if options.embedded:
            embedded_bert("clsroom-bert")
            embedded_gpt2("clsroom-gpt2")
            embedded_t5("clsroom-t5")
            embedded_vit("clsroom-vit")
            embedded_vit("clsroom-vit-registers")
            embedded_vit("clsroom-vit-large", ["ramps"])
            embedded_vit("clsroom-vit-large-registers", ["ramps"])
            embedded_mae("clsroom-mae")
            embedded_tasks("clsroom-vit-tasks", ["ramps", "noise"])
            embedded_tasks("clsroom-vit-tasks-single", ["ramps"])
            embedded_detectors()
            for name in ("memtransformer", "memctrl", "membottleneck", "nomemory"):
                embedded_memory(f"clsroom-{name}")
            embedded_vit_memory("clsroom-vit-memory")
        elif options.encoders:
            text_encoders()
            image_encoders()
        elif options.decoders:
            text_decoders()
        elif options.pictures:
            pictures()
        elif options.own:
            own_models()
        elif options.written:
            written("clsroom-gpt2")
        else:
            random_bert("bert-erf", 1, bert_cases, vocab_size=101, hidden_size=24, num_hidden_layers=3,
                        num_attention_heads=3, intermediate_size=40, hidden_act="gelu")
            random_bert("bert-tanh", 2, bert_cases, vocab_size=67, hidden_size=20, num_hidden_layers=2,
                        num_attention_heads=2, intermediate_size=36, hidden_act="gelu_new")
            random_vit("vit-odd-grid", 3, [12, 20], 4, 0, hidden_size=24, num_hidden_layers=3,
                       num_attention_heads=3, intermediate_size=40)
            random_vit("vit-registers", 4, 21, 7, 4, hidden_size=20, num_hidden_layers=2,
                       num_attention_heads=2, intermediate_size=36)
            random_vit("vit-one-channel", 5, [10, 5], 5, 2, channels=1, hidden_size=12, num_hidden_layers=2,
                       num_attention_heads=1, intermediate_size=16, hidden_act="gelu_new")

"""Memory transformers of text (Burtsev, Kuratov, Peganov, Sapunov 2020, "Memory Transformer", arXiv 2006.11527), this project's own type
`clsroom_memory`: BERT's names and post-norm layers; M memory rows stand before T rows of text, X = [mem; seq], without position or norm.

  memtransformer  every row reads every row, one set of weights
                    A = LN(X + MH(X, X, X)),  H = LN(A + FF(A))
  memctrl         memory rows have attention and feed-forward weights of their own (`bert.encoder.memory_layer`)
                    A_mem = LN(X_mem + MH_mem(X_mem, X, X)),  H_mem = LN(A_mem + FF_mem(A_mem));  H_seq likewise with MH_seq(X_seq, X, X)
  membottleneck   first the memory reads all, then the text reads the new memory and nothing else
                    A_mem = LN(X_mem + MH_mem(X_mem, X, X));  A_seq = LN(X_seq + MH_seq(X_seq, H_mem, H_mem))
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, UNK, CLS, SEP, MASK = range(5)
WINDOW = 4
VARIANTS = ("memtransformer", "memctrl", "membottleneck")


class SelfAttention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))

    def forward(self, x: Tensor, context: Tensor, readable: Tensor, keep: bool) -> tuple[Tensor, Tensor | None]:
        """x [B, Q, D] reads context [B, K, D] where readable [B or 1, Q, K] → rows [B, Q, D], map [B, H, Q, K] or None.

        A query that may read nothing gets zeros.
        """
        split = lambda rows: rows.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(context)), split(self.value(context))
        mask = readable[:, None]
        if not keep:
            return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2), None
        scores = (q @ k.mT / q.shape[-1] ** 0.5).masked_fill(~mask, torch.finfo(q.dtype).min)
        weights = scores.softmax(-1) * mask
        return (weights @ v).transpose(1, 2).flatten(2), weights


class Output(nn.Module):
    """LN(residual + W x): BERT's `attention.output` and `output`."""

    def __init__(self, inner: int, width: int):
        super().__init__()
        self.dense, self.LayerNorm = nn.Linear(inner, width), nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, residual: Tensor) -> Tensor:
        return self.LayerNorm(residual + self.dense(x))


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int):
        super().__init__()
        self.attention = nn.ModuleDict({"self": SelfAttention(width, heads), "output": Output(width, width)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = Output(inner, width)

    def forward(self, x: Tensor, context: Tensor, readable: Tensor, keep: bool) -> tuple[Tensor, Tensor | None]:
        read, weights = self.attention["self"](x, context, readable, keep)
        a = self.attention["output"](read, x)
        return self.output(F.gelu(self.intermediate["dense"](a)), a), weights


class Embeddings(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        width, memory = config["hidden_size"], config["num_memory_tokens"]
        self.word_embeddings = nn.Embedding(config["vocab_size"], width)
        self.position_embeddings = nn.Embedding(config["max_position_embeddings"], width)
        self.token_type_embeddings = nn.Embedding(config["type_vocab_size"], width)
        self.LayerNorm = nn.LayerNorm(width, eps=1e-12)
        # No position, no norm.
        self.memory_tokens = nn.Parameter(torch.randn(memory, width) * 0.5) if memory else None

    def forward(self, ids: Tensor, segments: Tensor) -> Tensor:
        positions = self.position_embeddings.weight[: ids.shape[1]]
        return self.LayerNorm(self.word_embeddings(ids) + positions + self.token_type_embeddings(segments))


class MemoryTransformer(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        self.variant, self.memory = config["variant"], config["num_memory_tokens"]
        self.pooling = {name: head["pooling"] for name, head in config["clsroom"]["heads"].items()}
        width, layers = config["hidden_size"], config["num_hidden_layers"]
        stack = lambda: nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"]) for _ in range(layers)
        )
        self.bert = nn.ModuleDict({"embeddings": Embeddings(config), "encoder": nn.ModuleDict({"layer": stack()})})
        if self.variant != "memtransformer":
            self.bert["encoder"]["memory_layer"] = stack()
        transform = nn.ModuleDict({"dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=1e-12)})
        self.cls = nn.ModuleDict({"predictions": nn.ModuleDict({"transform": transform})})
        self.cls["predictions"].register_parameter("bias", nn.Parameter(torch.zeros(config["vocab_size"])))
        heads = config["clsroom"]["heads"].items()
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(head["labels"])) for name, head in heads})
        self.initialise(width)

    def initialise(self, width: int) -> None:
        for module in self.modules():
            if isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.04)
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=width**-0.5)
                nn.init.zeros_(module.bias)

    def forward(
        self, ids: Tensor, segments: Tensor, readable: Tensor, keep: bool = False
    ) -> tuple[list[Tensor], list[Tensor]]:
        """ids, segments [B, T]; readable [B or 1, M + T, M + T] → hidden states, each [B, M + T, D]; maps [B, H, M + T, M + T] if kept."""
        m = self.memory
        seq = self.bert["embeddings"](ids, segments)
        mem = self.bert["embeddings"].memory_tokens.expand(len(ids), -1, -1).to(seq.dtype) if m else seq[:, :0]
        x = torch.cat([mem, seq], 1)
        hidden, maps = [x], []
        for number, layer in enumerate(self.bert["encoder"]["layer"]):
            if self.variant == "memtransformer":
                x, weights = layer(x, x, readable, keep)
                maps.append(weights)
            else:
                writer = self.bert["encoder"]["memory_layer"][number]
                mem, of_memory = writer(x[:, :m], x, readable[:, :m], keep)
                bottleneck = self.variant == "membottleneck"
                context, may = (mem, readable[:, m:, :m]) if bottleneck else (x, readable[:, m:])
                seq, of_text = layer(x[:, m:], context, may, keep)
                x = torch.cat([mem, seq], 1)
                if keep:
                    wide = F.pad(of_text, (0, x.shape[1] - of_text.shape[-1]))
                    maps.append(torch.cat([of_memory, wide], 2))
            hidden.append(x)
        return hidden, maps

    def token_logits(self, rows: Tensor) -> Tensor:
        transform = self.cls["predictions"]["transform"]
        rows = transform["LayerNorm"](F.gelu(transform["dense"](rows)))
        return rows @ self.bert["embeddings"].word_embeddings.weight.T + self.cls["predictions"].bias

    def head_logits(self, name: str, last: Tensor) -> Tensor:
        """last [B, M + T, D] → [B, K]: from the mean of the memory rows, or from [CLS]."""
        m = self.memory
        return self.heads[name](last[:, :m].mean(1) if self.pooling[name] == "memory_mean" else last[:, m])


def readable(ids: Tensor, memory: int, window: int | None = None, text_reads_memory: bool = True) -> Tensor:
    """[B, M + T, M + T] of ids [B, T]: text rows read text within the window, and memory; memory reads all. Padding is read by its own row."""
    b, t = ids.shape
    place = torch.arange(t, device=ids.device)
    near = (place[:, None] - place).abs() <= (window if window else t)
    out = torch.ones(b, memory + t, memory + t, dtype=torch.bool, device=ids.device)
    real = (ids != PAD)[:, None, :]
    out[:, :, memory:] = real
    out[:, memory:, memory:] &= near
    out[:, memory:, memory:] |= torch.eye(t, dtype=torch.bool, device=ids.device)
    out[:, memory:, :memory] = text_reads_memory
    return out

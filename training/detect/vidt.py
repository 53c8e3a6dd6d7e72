"""A small ViDT (Song et al. 2021, arXiv 2110.03921): YOLOS's body with the reconfigured attention module, and a neck without encoder.

Kept of the paper: one set of projections for [PATCH] and [DET]; PATCH × PATCH attention in local windows (here 4×4 patches, shifted by 2 in
every second layer, as in Swin); DET × [PATCH; DET] attention, bound into one softmax over all of them; patches never look at DET; a neck where
the DET tokens, now as queries, look at each other and at the patches, with auxiliary losses. Left out: Swin's stages and relative positions
(one scale, learned positions), deformable attention and box refinement in the neck, distillation. The paper lets DET look at PATCH in Swin's
last stage only; here in the layers that `det_patch_layers` names (all of them).

So the map of a layer is YOLOS's (without CLS) under `layer_masks`. Tensor names: YOLOS's for the body and the heads, DETR's for the neck.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn


def layer_masks(config: dict) -> Tensor:
    """Who may look at whom: [layers, tokens, tokens], True where allowed; tokens are the patches, row by row, then DET."""
    grid, window = config["image_size"][0] // config["patch_size"], config["window_size"]
    patches, tokens = grid * grid, grid * grid + config["num_detection_tokens"]
    masks = []
    for layer in range(config["num_hidden_layers"]):
        shift = config["shift_size"] if layer % 2 else 0
        band = (torch.arange(grid) + (window - shift) % window) // window
        region = (band[:, None] * (grid + 1) + band).flatten()
        mask = torch.zeros(tokens, tokens, dtype=torch.bool)
        mask[:patches, :patches] = region[:, None] == region
        mask[patches:, patches:] = True
        mask[patches:, :patches] = layer in config["det_patch_layers"]
        masks.append(mask)
    return torch.stack(masks)


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None, maps: list | None) -> Tensor:
    """Multi-head attention; its map [B, heads, queries, keys] is appended to maps if there is such a list."""
    query, key, value = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (query, key, value))
    if maps is None:
        return F.scaled_dot_product_attention(query, key, value, mask).transpose(1, 2).flatten(2)
    scores = query @ key.mT * query.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    maps.append(scores.softmax(-1))
    return (maps[-1] @ value).transpose(1, 2).flatten(2)


def named(**modules: nn.Module) -> nn.Module:
    """A module that only holds others, for the names."""
    holder = nn.Module()
    for name, module in modules.items():
        setattr(holder, name, module)
    return holder


class BodyLayer(nn.Module):
    """YOLOS's layer, its attention under a mask."""

    def __init__(self, config: dict):
        super().__init__()
        width, inner, self.heads = config["hidden_size"], config["intermediate_size"], config["num_attention_heads"]
        projections = named(query=nn.Linear(width, width), key=nn.Linear(width, width), value=nn.Linear(width, width))
        self.attention = named(attention=projections, output=named(dense=nn.Linear(width, width)))
        self.intermediate = named(dense=nn.Linear(width, inner))
        self.output = named(dense=nn.Linear(inner, width))
        self.layernorm_before = nn.LayerNorm(width, eps=config["layer_norm_eps"])
        self.layernorm_after = nn.LayerNorm(width, eps=config["layer_norm_eps"])

    def forward(self, x: Tensor, mask: Tensor, maps: list | None) -> Tensor:
        h, to = self.layernorm_before(x), self.attention.attention
        x = x + self.attention.output.dense(attend(to.query(h), to.key(h), to.value(h), self.heads, mask, maps))
        return x + self.output.dense(F.gelu(self.intermediate.dense(self.layernorm_after(x))))


class NeckLayer(nn.Module):
    """DETR's decoder layer: norms after the sums, positions added to queries and keys only."""

    def __init__(self, config: dict):
        super().__init__()
        width, inner, self.heads = config["hidden_size"], config["decoder_ffn_dim"], config["num_attention_heads"]
        for name in ("self_attn", "encoder_attn"):
            setattr(self, name, named(**{f"{part}_proj": nn.Linear(width, width) for part in ("k", "v", "q", "out")}))
            setattr(self, f"{name}_layer_norm", nn.LayerNorm(width))
        self.fc1, self.fc2 = nn.Linear(width, inner), nn.Linear(inner, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(
        self, x: Tensor, det_place: Tensor, patches: Tensor, patch_place: Tensor, maps: list | None, cross: list | None
    ) -> Tensor:
        to, h = self.self_attn, x + det_place
        x = self.self_attn_layer_norm(x + to.out_proj(attend(to.q_proj(h), to.k_proj(h), to.v_proj(x), self.heads, None, maps)))
        to = self.encoder_attn
        query, key, value = to.q_proj(x + det_place), to.k_proj(patches + patch_place), to.v_proj(patches)
        x = self.encoder_attn_layer_norm(x + to.out_proj(attend(query, key, value, self.heads, None, cross)))
        return self.final_layer_norm(x + self.fc2(F.relu(self.fc1(x))))


class Head(nn.Module):
    """YOLOS's MLP of three linear layers."""

    def __init__(self, width: int, out: int):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, out)])

    def forward(self, x: Tensor) -> Tensor:
        return self.layers[2](F.relu(self.layers[1](F.relu(self.layers[0](x)))))


class ViDT(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        self.config = config
        width, patch = config["hidden_size"], config["patch_size"]
        self.patches, det = (config["image_size"][0] // patch) ** 2, config["num_detection_tokens"]
        embeddings = named(patch_embeddings=named(projection=nn.Conv2d(3, width, patch, patch)))
        embeddings.detection_tokens = nn.Parameter(torch.zeros(1, det, width))
        embeddings.position_embeddings = nn.Parameter(torch.zeros(1, self.patches + det, width))
        encoder = named(layer=nn.ModuleList(BodyLayer(config) for _ in range(config["num_hidden_layers"])))
        self.vit = named(embeddings=embeddings, encoder=encoder, layernorm=nn.LayerNorm(width, eps=config["layer_norm_eps"]))
        self.decoder = named(layers=nn.ModuleList(NeckLayer(config) for _ in range(config["decoder_layers"])))
        self.class_labels_classifier = Head(width, len(config["id2label"]) + 1)
        self.bbox_predictor = Head(width, 4)
        self.register_buffer("masks", layer_masks(config), persistent=False)

    def forward(self, pixel_values: Tensor, maps: bool = False) -> dict:
        """logits, pred_boxes [neck layers, B, DET, …] (the last is the answer); with maps: every map and hidden state."""
        embeddings, attentions, own, cross = self.vit.embeddings, *([] if maps else None for _ in range(3))
        x = embeddings.patch_embeddings.projection(pixel_values).flatten(2).mT
        x = torch.cat([x, embeddings.detection_tokens.expand(len(x), -1, -1)], 1) + embeddings.position_embeddings
        hidden = [x]
        for layer, mask in zip(self.vit.encoder.layer, self.masks):
            x = layer(x, mask, attentions)
            hidden.append(x)
        x = self.vit.layernorm(x)
        patches, det = x[:, : self.patches], x[:, self.patches :]
        patch_place, det_place = embeddings.position_embeddings.split([self.patches, det.shape[1]], 1)
        decoded = [det]
        for layer in self.decoder.layers:
            decoded.append(layer(decoded[-1], det_place, patches, patch_place, own, cross))
        answers = torch.stack(decoded if self.training else decoded[1:])  # in training the body's DET tokens answer too
        with torch.autocast(x.device.type, enabled=False):  # a box to a quarter of a pixel needs more than bfloat16
            answers = answers.float()
            found = {"logits": self.class_labels_classifier(answers), "pred_boxes": self.bbox_predictor(answers).sigmoid()}
        if maps:
            found |= {"hidden_states": hidden, "last_hidden_state": x, "attentions": attentions}
            found |= {"decoder_hidden_states": decoded, "decoder_attentions": own, "cross_attentions": cross}
        return found

    @classmethod
    def from_pretrained(cls, folder: Path) -> "ViDT":
        model = cls(json.loads((Path(folder) / "config.json").read_text()))
        model.load_state_dict({name: value.float() for name, value in load_file(Path(folder) / "model.safetensors").items()})
        return model.eval()

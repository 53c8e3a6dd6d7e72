"""The model: transformers' `ViTMAEForPreTraining` (He et al. 2022, arXiv 2111.06377), and its loss.

The encoder reads CLS and the visible patches alone; the decoder puts one learned vector, the mask token, wherever a patch is hidden.
Legend: B batch, N patches, D width of the decoder, P side of a patch.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from cifar import SIDE
from vit_layers import Layer, ViT, sine_positions

PATCH = 4
GRID = SIDE // PATCH
PATCHES = GRID * GRID
WIDTH, LAYERS, HEADS = 128, 8, 4
DECODER_WIDTH, DECODER_LAYERS, DECODER_HEADS = 96, 4, 3
CONFIG = {
    "architectures": ["ViTMAEForPreTraining"],
    "model_type": "vit_mae",
    "dtype": "float16",
    "image_size": SIDE,
    "patch_size": PATCH,
    "num_channels": 3,
    "hidden_size": WIDTH,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": 4 * WIDTH,
    "decoder_hidden_size": DECODER_WIDTH,
    "decoder_num_hidden_layers": DECODER_LAYERS,
    "decoder_num_attention_heads": DECODER_HEADS,
    "decoder_intermediate_size": 4 * DECODER_WIDTH,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-12,
    "qkv_bias": True,
    "mask_ratio": 0.75,
    "norm_pix_loss": False,
    "hidden_dropout_prob": 0.0,
    "attention_probs_dropout_prob": 0.0,
    "initializer_range": 0.02,
}


@dataclass(frozen=True)
class Run:
    """What a forward gives."""

    logits: Tensor  # [B, N, P·P·3]
    hidden: Tensor  # [B, N], 1 where a patch is hidden
    latent: Tensor  # [B, 1 + visible, width of the encoder], CLS first
    embedded: Tensor  # [B, 1 + visible, D], the same as the decoder gets it


def fixed_positions(width: int) -> nn.Parameter:
    """[1, 1 + N, width]; CLS has none."""
    return nn.Parameter(torch.cat([torch.zeros(1, width), sine_positions(width, GRID)])[None], requires_grad=False)


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoder_embed = nn.Linear(WIDTH, DECODER_WIDTH)
        self.mask_token = nn.Parameter(torch.randn(1, 1, DECODER_WIDTH) * 0.02)
        self.decoder_pos_embed = fixed_positions(DECODER_WIDTH)
        self.decoder_layers = nn.ModuleList(Layer(DECODER_WIDTH, DECODER_HEADS, 4 * DECODER_WIDTH) for _ in range(DECODER_LAYERS))
        self.decoder_norm = nn.LayerNorm(DECODER_WIDTH, eps=1e-12)
        self.decoder_pred = nn.Linear(DECODER_WIDTH, 3 * PATCH ** 2)


class MAE(nn.Module):
    """Names as in a saved ViTMAEForPreTraining."""

    def __init__(self):
        super().__init__()
        self.vit = ViT(WIDTH, LAYERS, HEADS, 4 * WIDTH, SIDE, PATCH)
        self.vit.embeddings.position_embeddings = fixed_positions(WIDTH)
        self.decoder = Decoder()

    def forward(self, pixels: Tensor, noise: Tensor, visible: int, mask_token: Tensor | None = None, cls: bool = True) -> Run:
        """Of normalised pixels [B, 3, 32, 32] the `visible` patches of lowest noise [B, N] are read.

        For the figures: another `mask_token` [B, 1, D], and the decoder without the encoder's CLS.
        """
        kept, inside = noise.argsort(1)[:, :visible], self.decoder
        latent = self.vit(pixels, kept)[1]
        tokens = inside.decoder_embed(latent)
        blank = (inside.mask_token if mask_token is None else mask_token).to(tokens.dtype).expand(len(pixels), PATCHES, -1)
        patches = blank.scatter(1, kept[..., None].expand(-1, -1, DECODER_WIDTH), tokens[:, 1:])
        x = torch.cat([tokens[:, :1], patches], 1) + inside.decoder_pos_embed
        x = x if cls else x[:, 1:]
        for layer in inside.decoder_layers:
            x = layer(x)
        logits = inside.decoder_pred(inside.decoder_norm(x))[:, int(cls) :]
        return Run(logits, torch.ones_like(noise).scatter(1, kept, 0.0), latent, tokens)


def patchify(images: Tensor) -> Tensor:
    """[B, 3, 32, 32] → [B, N, P·P·3], channels last within a patch, as ViTMAE's."""
    return F.unfold(images, PATCH, stride=PATCH).unflatten(1, (3, PATCH ** 2)).permute(0, 3, 2, 1).flatten(2)


def unpatchify(patches: Tensor) -> Tensor:
    return F.fold(patches.unflatten(2, (PATCH ** 2, 3)).permute(0, 3, 2, 1).flatten(1, 2), SIDE, PATCH, stride=PATCH)


def hidden_loss(run: Run, pixels: Tensor) -> Tensor:
    """Mean squared error on the hidden patches."""
    apart = (run.logits.float() - patchify(pixels)).square().mean(2)
    return (apart * run.hidden).sum() / run.hidden.sum()

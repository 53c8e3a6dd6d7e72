"""The model: Hugging Face's `GPT2LMHeadModel` (Radford et al. 2019), and its loss.

Shapes: B pieces, T tokens.
"""

import torch
from torch.nn import functional as F
from transformers import GPT2Config, GPT2LMHeadModel

from data import BOS, CONTEXT, EOS, IGNORE, PAD, VOCABULARY


def new_model(dropout: float) -> GPT2LMHeadModel:
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=VOCABULARY,
            n_positions=CONTEXT,
            n_embd=192,
            n_layer=5,
            n_head=4,
            activation_function="gelu_new",
            resid_pdrop=dropout,
            embd_pdrop=dropout,
            attn_pdrop=0.0,
            bos_token_id=BOS,
            eos_token_id=EOS,
            pad_token_id=PAD,
            tie_word_embeddings=True,
            attn_implementation="sdpa",
        )
    )


def token_losses(model: GPT2LMHeadModel, ids: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """[B, T] cross-entropy of every position, 0 where nothing is asked. Padding stands on the right: the causal mask is enough."""
    logits = model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False).logits
    losses = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORE, reduction="none")
    return losses.view(targets.shape)

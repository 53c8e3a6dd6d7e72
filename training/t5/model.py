"""The model: Hugging Face's `T5ForConditionalGeneration` (Raffel et al. 2020, arXiv 1910.10683), and its loss."""

import torch
from torch.nn import functional as F
from transformers import T5Config, T5ForConditionalGeneration

from data import END, PAD, Examples, shifted


def new_model(vocabulary: int, dropout: float) -> T5ForConditionalGeneration:
    return T5ForConditionalGeneration(
        T5Config(
            vocab_size=vocabulary,
            d_model=128,
            d_kv=32,
            d_ff=512,
            num_layers=4,
            num_decoder_layers=4,
            num_heads=4,
            relative_attention_num_buckets=32,
            relative_attention_max_distance=128,
            dropout_rate=dropout,
            feed_forward_proj="relu",
            layer_norm_epsilon=1e-6,
            pad_token_id=PAD,
            eos_token_id=END,
            decoder_start_token_id=PAD,
            tie_word_embeddings=True,
            use_cache=False,
            attn_implementation="eager",
        )
    )


def loss_of(model: T5ForConditionalGeneration, batch: Examples) -> torch.Tensor:
    """Mean cross-entropy over the tokens of the targets, END among them. Cross-attention is not supervised."""
    logits = model(
        input_ids=batch.sources,
        attention_mask=(batch.sources != PAD).long(),
        decoder_input_ids=shifted(batch.targets),
        use_cache=False,
    ).logits
    return F.cross_entropy(logits.float().flatten(0, 1), batch.targets.flatten(), ignore_index=PAD)

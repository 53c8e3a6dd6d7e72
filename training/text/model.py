"""The model: Hugging Face's `BertForPreTraining`, a sentiment head, and the losses.

Shapes: B examples, T tokens, D width, V vocabulary, M predicted tokens.
"""

import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertConfig, BertForPreTraining

from data import IGNORE, VOCABULARY, Batch


def bert_config() -> BertConfig:
    # No dropout: every text is seen a few times only, each time under a fresh mask. Attention is "eager"
    # because its backward pass is three times faster on a CPU than the fused kernel's.
    return BertConfig(
        vocab_size=VOCABULARY,
        hidden_size=192,
        num_hidden_layers=4,
        num_attention_heads=6,
        intermediate_size=768,
        hidden_act="gelu",
        max_position_embeddings=512,
        type_vocab_size=2,
        layer_norm_eps=1e-12,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )


class MultiTaskBert(nn.Module):
    """Hugging Face's `BertForPreTraining` and a sentiment head on its pooler."""

    def __init__(self):
        super().__init__()
        self.bert = BertForPreTraining(bert_config())
        self.sentiment = nn.Linear(self.bert.config.hidden_size, 2)
        self.sentiment_dropout = nn.Dropout(0.2)

    def losses(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Masked-token, next-sentence and sentiment cross-entropies. Logits [M, V] only where a token is asked for.

        [CLS] answers for pair and text after the last layer and, at half the weight, after layers 2 and 3 through the same
        pooler and heads: the question reaches the lower layers by a shorter way. No other token is asked.
        """
        encoded = self.bert.bert(
            input_ids=batch.input_ids,
            attention_mask=batch.attention_mask,
            token_type_ids=batch.token_type_ids,
            output_hidden_states=True,
        )
        targets = batch.targets.flatten()
        asked = (targets != IGNORE).nonzero().flatten()
        # Position 0 is [CLS], whose target is IGNORE: it pads M to few different sizes, as every new one costs set-up time.
        asked = F.pad(asked, (0, -len(asked) % 128))
        logits = self.bert.cls.predictions(encoded.last_hidden_state.flatten(0, 1)[asked])
        losses = self.verdicts(encoded.pooler_output, batch)
        for layer in (2, 3):
            for name, loss in self.verdicts(self.bert.bert.pooler(encoded.hidden_states[layer]), batch).items():
                losses[name] = losses[name] + 0.5 * loss
        return losses | {"masked": F.cross_entropy(logits.float(), targets[asked])}

    def verdicts(self, pooled: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
        """Losses of both heads on pooled [B, D].

        Divided by B and not by the labelled examples, so that a batch with few labels counts for little.
        """
        answers = {
            "pair": (self.bert.cls.seq_relationship(pooled), batch.unrelated),
            "sentiment": (self.sentiment(self.sentiment_dropout(pooled)), batch.sentiment),
        }
        return {
            name: F.cross_entropy(logits.float(), labels, reduction="sum") / len(pooled)
            for name, (logits, labels) in answers.items()
        }

"""A ViT with several class tokens, one a task: each task's head reads its own token (Xu et al. 2022, "Multi-class Token Transformer").

    [CLS object][CLS border][CLS rotation][patches]

Attention is not restricted, and nothing asks the tokens to differ. This project's own type, `clsroom_vit_tasks`: ViT's names,
`vit.embeddings.cls_token` [1, C, D] has a row for each class token, `heads.<task>` reads row `clsroom.heads.<task>.token` after the final norm.
"""

from torch import Tensor, nn

from vit_layers import ViT


class TaskViT(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        width, heads = config["hidden_size"], config["clsroom"]["heads"]
        self.vit = ViT(
            width,
            config["num_hidden_layers"],
            config["num_attention_heads"],
            config["intermediate_size"],
            config["image_size"],
            config["patch_size"],
            config["num_cls_tokens"],
        )
        self.heads = nn.ModuleDict({task: nn.Linear(width, len(head["labels"])) for task, head in heads.items()})
        self.token = {task: head["token"] for task, head in heads.items()}

    def forward(
        self, pixels: Tensor, mask: Tensor | None = None, keep: bool = False
    ) -> tuple[dict[str, Tensor], list[Tensor], Tensor]:
        """Logits by task, hidden states, and the last one after the final norm; of normalised pixels [B, 3, S, S]."""
        states, tokens = self.vit(pixels, mask=mask, keep=keep)
        return {task: head(tokens[:, self.token[task]]) for task, head in self.heads.items()}, states, tokens

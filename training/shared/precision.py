"""Number format of the forward passes."""

import torch

MATRIX_UNITS = torch.cpu._is_amx_tile_supported()


def fast(device: str = "cpu") -> torch.autocast:
    """bfloat16 on a GPU, and where the processor multiplies it in matrix units (AMX); else float32: there, measured,
    bfloat16 takes up to twice as long."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda" or MATRIX_UNITS)

"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKS = HERE.parents[2] / "shared/models/recipes"
DATA = PACKS / "clsroom-t5/pack"
GPT2_DATA = PACKS / "clsroom-gpt2/pack"
WORK = Path("/tmp/clsroom-t5")
MODEL_DIRECTORY = HERE.parents[1] / "public/models/clsroom-t5"

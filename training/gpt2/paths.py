"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
DATA = SHARED / "models/recipes/clsroom-gpt2/pack"
CORPORA = SHARED / "data"
WORK = Path("/tmp/clsroom-gpt2")
MODEL_DIRECTORY = HERE.parents[1] / "public/models/clsroom-gpt2"

"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared/models/recipes/clsroom-det/pack"
WORK = Path("/tmp/clsroom-detect")
MODELS = HERE.parents[1] / "public/models"

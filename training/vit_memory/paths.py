"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared/data/cifar10-jpeg.tar.gz"
TASKS = HERE.parents[2] / "shared/models/recipes/clsroom-vit-memory/pack/tasks.npz"
WORK = Path("/tmp/clsroom-vit-memory")
MODELS = HERE.parents[1] / "public/models"

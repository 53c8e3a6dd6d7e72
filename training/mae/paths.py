"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared/data/cifar10-jpeg.tar.gz"
WORK = Path("/tmp/clsroom-mae")
MODEL_DIRECTORY = HERE.parents[1] / "public/models/clsroom-mae"

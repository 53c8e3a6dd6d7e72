"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DATA = HERE.parents[2] / "shared/data/stocks/sp500_dataset.csv.xz"
WORK = Path("/tmp/clsroom-portfolio")
MODELS = ROOT / "public/models"
SAMPLES = ROOT / "public/samples/prices"
GOLDEN = ROOT / "src/loaders/fixtures/portfolio.json"
NAME = "clsroom-portfolio"

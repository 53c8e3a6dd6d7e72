"""Where things are, unless the command line says otherwise."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
TRAINING = HERE.parent
SHARED = HERE.parents[2] / "shared"
CORPORA = SHARED / "data/text"
GPT2_PACK = SHARED / "models/recipes/clsroom-gpt2/pack"
PACK = SHARED / "models/recipes/clsroom-memory/pack"
WORK = Path("/tmp/clsroom-memory")
MODELS = HERE.parents[1] / "public/models"
SAMPLES = HERE.parents[1] / "public/samples/recall.json"

"""Calibrates a trained classifier and writes what is shipped: `python -m training.export RUN --calibrate FILE...`.

Layers and head go to `contradict/weights/nli.safetensors` in fp16; the token embeddings were frozen and come from the installed
encoder. One temperature is fitted on labelled pairs that were not trained on (Guo et al., 2017, "On Calibration of Modern
Neural Networks"); it and the file's digest go to `nli.json`.
"""

import argparse
import json
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from training.data import ALLOWED, LABELS, read_pairs
from training.train import predict

WEIGHTS = Path(__file__).parents[1] / "contradict" / "weights"


def fit_temperature(logits: torch.Tensor, gold: torch.Tensor) -> float:
    """The temperature with the least negative log-likelihood, found on a grid."""
    grid = torch.linspace(0.5, 4.0, 351)
    losses = [torch.nn.functional.cross_entropy(logits / t, gold).item() for t in grid]
    return round(float(grid[losses.index(min(losses))]), 3)


def expected_calibration_error(probability: torch.Tensor, gold: torch.Tensor, bins: int = 10) -> float:
    """Mean gap of confidence and accuracy over equal-width bins, weighted by their size."""
    confidence, guess = probability.max(-1)
    which = (confidence * bins).long().clamp(max=bins - 1)
    error = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            gap = confidence[inside].mean() - (guess[inside] == gold[inside]).float().mean()
            error += abs(gap.item()) * inside.float().mean().item()
    return error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path, help="the --out of training.train")
    parser.add_argument("--calibrate", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    folder = args.run / "model"
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    pairs = [p for path in args.calibrate for p in read_pairs(path)[:2000] if sum(ALLOWED[p.label]) == 1]
    logits = predict(model, tokenizer, pairs, 192, "cpu")
    gold = torch.tensor([LABELS.index(p.label) for p in pairs])
    temperature = fit_temperature(logits, gold)
    for name, t in (("before", 1.0), ("after", temperature)):
        print(f"ECE {name}: {expected_calibration_error((logits / t).softmax(-1), gold):.3f}")
    print(f"accuracy {(logits.argmax(-1) == gold).float().mean():.3f}, temperature {temperature}, pairs {len(pairs)}")

    args.out.mkdir(parents=True, exist_ok=True)
    state = {n: t.half().contiguous() for n, t in model.state_dict().items() if ".embeddings." not in n}
    path = args.out / "nli.safetensors"
    save_file(state, path)
    release = {"temperature": temperature, "sha256": sha256(path.read_bytes()).hexdigest(), "labels": LABELS}
    (args.out / "nli.json").write_text(json.dumps(release, indent=1) + "\n")
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()

"""Calibrates a trained classifier and writes what is shipped: `python -m training.export RUN --calibrate FILE...`.

Layers and head go to `contradict/weights/nli.safetensors` in fp16; the token embeddings were frozen and come from the installed
encoder. A temperature and a bias per class are fitted on labelled pairs that were not trained on (Guo et al., 2017, "On Calibration
of Modern Neural Networks"); they and the file's digest go to `nli.json`.
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


def fit_calibration(logits: torch.Tensor, gold: torch.Tensor) -> tuple[float, list[float]]:
    """Temperature and a bias per class with the least negative log-likelihood: probabilities are softmax(logits / temperature + bias)."""
    log_temperature, bias = torch.zeros(1, requires_grad=True), torch.zeros(len(LABELS), requires_grad=True)
    optimizer = torch.optim.LBFGS([log_temperature, bias], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(logits / log_temperature.exp() + bias, gold)
        loss.backward()
        return loss

    optimizer.step(closure)
    centred = (bias - bias.mean()).detach()
    return round(log_temperature.exp().item(), 3), [round(float(b), 3) for b in centred]


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
    # Fitted on one half and judged on the other, then on all.
    half = torch.arange(len(pairs)) % 2 == 0
    temperature, bias = fit_calibration(logits[half], gold[half])
    for name, calibrated in (("before", logits), ("after", logits / temperature + torch.tensor(bias))):
        print(f"ECE {name}: {expected_calibration_error(calibrated[~half].softmax(-1), gold[~half]):.3f}")
    temperature, bias = fit_calibration(logits, gold)
    print(f"accuracy {(logits.argmax(-1) == gold).float().mean():.3f}, temperature {temperature}, bias {bias}, pairs {len(pairs)}")

    args.out.mkdir(parents=True, exist_ok=True)
    state = {n: t.half().contiguous() for n, t in model.state_dict().items() if ".embeddings." not in n}
    path = args.out / "nli.safetensors"
    save_file(state, path)
    release = {"temperature": temperature, "bias": bias, "sha256": sha256(path.read_bytes()).hexdigest(), "labels": LABELS}
    (args.out / "nli.json").write_text(json.dumps(release, indent=1) + "\n")
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()

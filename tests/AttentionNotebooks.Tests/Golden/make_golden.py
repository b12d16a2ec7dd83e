"""Writes golden.json: values and gradients from PyTorch, SciPy and entmax that GoldenValueTests compares the library with.

Run beside a checkout of https://github.com/deep-spin/entmax:  PYTHONPATH=path/to/entmax python3 make_golden.py COMMIT
"""
import json
import math
import platform
import sys
from pathlib import Path

import scipy
import scipy.integrate
import torch
import torch.nn.functional as F
from entmax import entmax15, entmax_bisect, sparsemax

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261123)
cases = {}


def pack(value):
    value = torch.as_tensor(value).detach()
    return {"shape": list(value.shape), "data": value.flatten().tolist()}


def case(name, inputs, outputs):
    cases[name] = {"inputs": {k: pack(v) for k, v in inputs.items()}, "outputs": {k: pack(v) for k, v in outputs.items()}}


def with_gradients(function, **inputs):
    """The function's value, and the gradients of Σ value · weight at every floating input."""
    leaves = {k: v.clone().requires_grad_() if v.is_floating_point() else v for k, v in inputs.items()}
    value = function(**leaves)
    weight = torch.randn_like(value)
    (value * weight).sum().backward()
    inputs["weight"] = weight
    return inputs, {"value": value, **{"grad " + k: v.grad for k, v in leaves.items() if v.is_floating_point() and v.grad is not None}}


def distributions():
    scores = torch.randn(2, 3, 6) * 2
    mask = torch.tensor([[1, 1, 0, 1, 1, 0], [0, 1, 1, 1, 1, 1]], dtype=torch.bool)
    for tau in (0.5, 1.0, 3.0):
        case(f"softmax {tau}", *with_gradients(lambda scores, mask: F.softmax(scores.masked_fill(~mask.unsqueeze(1), -math.inf) / tau, -1), scores=scores, mask=mask))
    for scale in (0.01, 1.0, 100.0):
        case(f"sparsemax {scale}", *with_gradients(lambda scores: sparsemax(scores, -1), scores=scores * scale))
        case(f"entmax15 {scale}", *with_gradients(lambda scores: entmax15(scores, -1), scores=scores * scale))
    for alpha in (1.2, 1.5, 1.9):
        inputs, outputs = with_gradients(lambda scores, alpha: entmax_bisect(scores, alpha, dim=-1, n_iter=100), scores=scores, alpha=torch.tensor([[[alpha]]]).expand(2, 3, 1).clone())
        outputs["grad alpha"] = outputs["grad alpha"].sum()
        inputs["alpha"] = torch.tensor(alpha)
        case(f"alpha {alpha}", inputs, outputs)


def scores():
    query, keys = torch.randn(2, 3, 4), torch.randn(2, 5, 6)
    q, k, v = torch.nn.Linear(4, 7), torch.nn.Linear(6, 7, bias=False), torch.nn.Linear(7, 1, bias=False)
    weights = {"projectQuery.weight": q.weight, "projectQuery.bias": q.bias, "projectKey.weight": k.weight, "combine.weight": v.weight}
    case("additive", {"query": query, "keys": keys, **weights}, {"value": v(torch.tanh(q(query).unsqueeze(2) + k(keys).unsqueeze(1))).squeeze(-1)})
    bilinear = torch.nn.Bilinear(4, 6, 1, bias=False)
    pairs = query.unsqueeze(2).expand(2, 3, 5, 4).contiguous(), keys.unsqueeze(1).expand(2, 3, 5, 6).contiguous()
    case("general", {"query": query, "keys": keys, "project.weight": bilinear.weight[0]}, {"value": bilinear(*pairs).squeeze(-1)})
    concat, combine = torch.nn.Linear(10, 7, bias=False), torch.nn.Linear(7, 1, bias=False)
    case("concat", {"query": query, "keys": keys, "project.weight": concat.weight, "combine.weight": combine.weight}, {"value": combine(torch.tanh(concat(torch.cat(pairs, -1)))).squeeze(-1)})
    convolution, location = torch.nn.Conv1d(1, 3, 5, padding=2, bias=False), torch.nn.Linear(3, 7, bias=False)
    past = F.softmax(torch.randn(2, 1, 5), -1)
    case("location-aware", {"query": query[:, :1], "keys": keys, "past": past, **weights, "convolve.weight": convolution.weight, "projectPast.weight": location.weight},
         {"value": v(torch.tanh(q(query[:, :1]) + k(keys) + location(convolution(past).transpose(1, 2)))).transpose(1, 2)})


def attention():
    heads = torch.nn.MultiheadAttention(6, 2, batch_first=True)
    with torch.no_grad():
        for parameter in heads.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.5)
    query, keys, values = torch.randn(2, 3, 6), torch.randn(2, 4, 6), torch.randn(2, 4, 6)
    mask = torch.tensor([[1, 1, 0, 1], [0, 1, 1, 1]], dtype=torch.bool)
    context, weights = heads(query, keys, values, key_padding_mask=~mask, average_attn_weights=False)
    names = ("projectQuery", "projectKey", "projectValue")
    parameters = {f"{n}.weight": w for n, w in zip(names, heads.in_proj_weight.chunk(3))} | {f"{n}.bias": b for n, b in zip(names, heads.in_proj_bias.chunk(3))}
    parameters |= {"output.weight": heads.out_proj.weight, "output.bias": heads.out_proj.bias}
    case("multi-head", {"query": query, "keys": keys, "values": values, "mask": mask, **parameters}, {"value": context, "weights": weights.reshape(2, 6, 4)})
    scaled = lambda query, keys, values: F.softmax(query @ keys.transpose(1, 2) / math.sqrt(6), -1) @ values
    case("scaled dot product", *with_gradients(scaled, query=query, keys=keys, values=values))
    logits, losses = torch.randn(3, 1, 5), torch.rand(3, 5) * 3
    case("marginal", *with_gradients(lambda logits, losses: -torch.logsumexp(F.log_softmax(logits, -1).squeeze(1) - losses, -1), logits=logits, losses=losses))


def monotonic():
    """Raffel et al. 2017, eq. 14, the parallel form, at a length where it is safe; Chiu & Raffel 2018, eq. 20–23, by moving sums."""
    stop, chunk = torch.randn(2, 3, 7), torch.randn(2, 3, 7)

    def stops(energies):
        p, rows = torch.sigmoid(energies), []
        last = F.one_hot(torch.zeros(2, dtype=torch.long), 7).to(energies.dtype)
        for t in range(3):
            before = F.pad(torch.cumprod(1 - p[:, t], -1)[:, :-1], (1, 0), value=1.0)
            last = p[:, t] * before * torch.cumsum(last / before, -1)
            rows.append(last)
        return torch.stack(rows, 1)

    def moving(x, back, ahead):
        return F.pad(x, (back, ahead)).unfold(-1, back + ahead + 1, 1).sum(-1)

    def mocha(stop, chunk, width=3):
        e = chunk.exp()
        return e * moving(stops(stop) / moving(e, width - 1, 0), 0, width - 1)

    case("monotonic", *with_gradients(stops, energies=stop))
    case("MoChA", *with_gradients(mocha, stop=stop, chunk=chunk))


def gates():
    a, b = torch.tensor([0.3, 1.0, 2.5, 0.7]), torch.tensor([0.4, 1.0, 0.6, 3.0])
    kuma = torch.distributions.Kumaraswamy(a, b)
    cdf = lambda x: 1 - (1 - torch.tensor((x + 0.1) / 1.2) ** a) ** b
    mean = [scipy.integrate.quad(lambda x, i=i: 1 - cdf(x)[i].item(), 0, 1, epsabs=1e-13, epsrel=1e-13)[0] for i in range(4)]
    density = [scipy.integrate.quad(lambda x, i=i: kuma.log_prob(torch.tensor(x))[i].exp().item(), 1e-300, 0.1 / 1.2, epsabs=1e-12)[0] for i in (1, 2)]
    case("HardKuma", {"a": a, "b": b}, {"shut": cdf(0.0), "wide open": 1 - cdf(1.0), "mean": torch.tensor(mean), "shut by its density": torch.tensor(density)})
    q, p = torch.randn(2, 3, 4), torch.randn(2, 3, 4)
    bernoulli = lambda x: torch.distributions.Independent(torch.distributions.Bernoulli(logits=x), 1)
    drawn = (torch.rand(2, 3, 4) < 0.5).double()
    case("Bernoulli gates", {"q": q, "p": p, "drawn": drawn}, {"entropy": bernoulli(q).entropy(), "divergence": torch.distributions.kl_divergence(bernoulli(q), bernoulli(p)), "log probability": bernoulli(q).log_prob(drawn)})
    categorical = lambda x: torch.distributions.Categorical(logits=x)
    case("categorical", {"q": q, "p": p}, {"entropy": categorical(q).entropy(), "divergence": torch.distributions.kl_divergence(categorical(q), categorical(p)), "log probability": categorical(q).log_prob(torch.full((2, 3), 2))})


distributions()
scores()
attention()
monotonic()
gates()
origin = {"python": platform.python_version(), "torch": torch.__version__, "scipy": scipy.__version__, "entmax": "deep-spin/entmax at " + sys.argv[1]}
Path(__file__).with_name("golden.json").write_text(
    '{\n"origin": ' + json.dumps(origin) + ',\n"cases": {\n' + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in cases.items()) + "\n}\n}\n")

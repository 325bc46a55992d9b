"""Which public implementation each optimizer is held against, and how that is driven."""

import inspect
import itertools
import sys
import types

import jax
import jax.numpy as jnp
import optax
import optax.contrib
import pytorch_optimizer as collection
import torch

STEPS = 100
PAIRS = (("beta1", "beta2", "beta3"), ("etaminus", "etaplus"), ("step_min", "step_max"), ("nu1", "nu2"))


def by_torch(make, read=None, shape=(2,), renamed=None, curved=0, **fixed):
    """Return what walks with a PyTorch optimizer; `read` tells what is drawn where that is not the parameter.

    One that is `curved` is given the exact diagonal of the Hessian, which it would else guess, every `k` steps; so
    many where that is not among the settings.
    """

    def walk(settings, start, loss):
        given = {(renamed or {}).get(name, name): value for name, value in settings.items()}
        every = given.pop("k", curved) if curved else 0
        w = torch.tensor(start, dtype=torch.float64).reshape(shape).requires_grad_()
        for module in ("sam", "dadapt"):
            _module(module).get_global_gradient_norm = _wide_norm
        stepper = make([w], **(fixed | _paired(make, given)))
        trail = [list(start)]

        def evaluate():
            stepper.zero_grad()
            value = loss(w.reshape(-1)[0], w.reshape(-1)[1], torch)
            value.backward()
            return value

        for step in range(STEPS):
            evaluate()
            if isinstance(stepper, collection.SAM):
                stepper.step(evaluate)
            elif curved:
                stepper.step(hessian=None if step % every else [_bends(loss, w)])
            else:
                stepper.step()
            _widen(stepper)
            trail.append((read(stepper, w) if read else w).detach().reshape(-1).tolist())
        return trail

    return walk


def _paired(make, settings):
    """Return the settings with ``beta1`` and ``beta2`` as the pair that PyTorch takes."""
    settings = dict(settings)
    for names, pair in zip(PAIRS, ("betas", "etas", "step_sizes", "nus"), strict=True):
        if any(name in settings for name in names):
            defaults = _defaults(make)[pair]
            settings[pair] = tuple(settings.pop(name, value) for name, value in zip(names, defaults, strict=False))
    return settings


def _defaults(make):
    return {name: parameter.default for name, parameter in inspect.signature(make).parameters.items()}


def _widen(stepper):
    """Widen what a library keeps in single precision, so that what is compared is the method."""
    for state in stepper.state.values():
        if isinstance(state, dict):
            for name, value in state.items():
                if isinstance(value, torch.Tensor) and value.dtype == torch.float32:
                    state[name] = value.double()


def _wide_norm(groups, weight_adaptive=False):
    """Return what the library's norm of all slopes returns, which adds up in single precision, in double."""
    total = torch.zeros(1)
    for group in groups:
        for p in group["params"]:
            weight = p.abs() if weight_adaptive and group.get("adaptive") else 1.0
            total = total + (weight * p.grad).pow(2).sum()
    return total.detach()


def _bends(loss, w):
    """Return the diagonal of the Hessian at `w`."""
    return torch.autograd.functional.hessian(lambda place: loss(*place, torch), w).diagonal().clone()


def _widened_torch(**others):
    """Return what stands for `torch` in a module that goes through single precision; `others` replace more of it."""
    return types.SimpleNamespace(**{**vars(torch), "float32": torch.float64, **others})


def _module(name):
    return sys.modules[f"pytorch_optimizer.optimizer.{name}"]


def by_optax(make, shape=(2,)):
    """Return what walks with an optax transformation, made from the settings."""

    def walk(settings, start, loss):
        stepper = make(**settings)
        value_and_slope = jax.value_and_grad(lambda w: loss(w.reshape(-1)[0], w.reshape(-1)[1], jnp))
        update = jax.jit(optax.with_extra_args_support(stepper).update)
        w = jnp.array(start, dtype=jnp.float64).reshape(shape)
        state, trail = stepper.init(w), [list(start)]
        for _ in range(STEPS):
            value, slope = value_and_slope(w)
            updates, state = update(slope, state, w, value=value)
            w = optax.apply_updates(w, updates)
            trail.append([float(number) for number in w.reshape(-1)])
        return trail

    return walk


def _renamed(make, **fixed):
    """Return an optax constructor that takes our names."""
    short = {"lr": "learning_rate", "beta1": "b1", "beta2": "b2"}
    return lambda **settings: make(**fixed, **{short.get(name, name): value for name, value in settings.items()})


def uncorrected_adam(lr, beta1=0.9, beta2=0.999, weight_decay=0.0):
    """Return Adam without bias correction, which no library offers, from optax's own moments."""

    def init(w):
        return jnp.zeros_like(w), jnp.zeros_like(w)

    def update(slope, state, w):
        m = optax.tree.update_moment(slope, state[0], beta1, 1)
        v = optax.tree.update_moment_per_elem_norm(slope, state[1], beta2, 2)
        return -lr * (m / (jnp.sqrt(v) + 1e-8) + weight_decay * w), (m, v)

    return optax.GradientTransformation(init, update)


def _adopt(lr, clip_power=0.25, **betas):
    names = {"beta1": "b1", "beta2": "b2", "eps": "eps"}
    given = {names[name]: value for name, value in betas.items()}
    return optax.contrib.adopt(lr, clip_value_fn=lambda step: step**clip_power, **given)


def _polyak(max_lr=1.0, f_min=0.0, eps=0.0):
    return optax.polyak_sgd(max_lr, 1.0, f_min, eps, variant="sps+")


def _dog(r_eps=1e-6, lr=1.0, eps=1e-8):
    return optax.contrib.dog(lr, ("heuristic", r_eps), eps)


def _muon(lr, momentum=0.95, nesterov=1, eps=1e-8):
    return optax.contrib.muon(lr, beta=momentum, nesterov=bool(nesterov), eps=eps)


def _lookahead(parameters, lr, **settings):
    return collection.Lookahead(torch.optim.SGD(parameters, lr=lr), **settings)


def _sam(parameters, **settings):
    return collection.SAM(
        parameters, torch.optim.SGD, **{{"eps": "perturb_eps"}.get(k, k): v for k, v in settings.items()}
    )


def _soap(parameters, betas=(0.95, 0.95), precondition_frequency=10, **settings):
    _module("soap").torch = _widened_torch()
    settings |= {"betas": betas, "precondition_frequency": int(precondition_frequency)}
    return collection.SOAP(parameters, precondition_1d=True, **settings)


def _kron(parameters, precondition_lr=0.1, **settings):
    # It probes with normal numbers; these have the same mean square, and are no chance.
    probes = itertools.cycle([torch.tensor([1.0, -1.0]), torch.tensor([1.0, 1.0])])
    _module("psgd").torch = _widened_torch(randn_like=lambda like, dtype: next(probes))
    stepper = collection.Kron(parameters, min_ndim_triangular=1, precondition_dtype=torch.float64, **settings)
    stepper.param_groups[0]["precondition_lr"] = precondition_lr
    return stepper


class _Block(torch.nn.Module):
    def __init__(self, w):
        super().__init__()
        self.block = torch.nn.Parameter(w)


def _averaged(momentum):
    """Return what reads the average of a schedule-free run, as its ``eval`` does, and leaves the run as it is."""

    def read(stepper, w):
        group = stepper.param_groups[0]
        kept = group["momentum"] if momentum else group["betas"][0]
        return w + (stepper.state[w]["z"] - w) * (1 - 1 / kept)

    return read


torch_optim = torch.optim
UNCORRECTED = by_optax(uncorrected_adam)
REFERENCES = {
    "SGD": by_torch(torch_optim.SGD),
    "Momentum": by_torch(torch_optim.SGD),
    "Nesterov": by_torch(torch_optim.SGD, nesterov=True),
    "OptimisticGD": by_optax(_renamed(optax.optimistic_gradient_descent)),
    "QHM": by_torch(collection.QHM, foreach=False),
    "AggMo": by_torch(collection.AggMo, foreach=False),
    "AccSGD": by_torch(collection.AccSGD, foreach=False),
    "PID": by_torch(collection.PID, foreach=False),
    "PNM": by_torch(collection.PNM, foreach=False, renamed={"beta0": "beta2"}),
    "AdaGrad": by_torch(torch_optim.Adagrad),
    "Adadelta": by_torch(torch_optim.Adadelta),
    "RMSProp": by_torch(torch_optim.RMSprop),
    "AdaSmooth": by_torch(collection.AdaSmooth, foreach=False),
    "Kate": by_torch(collection.Kate, foreach=False, renamed={"eta": "delta"}),
    "FTRL": by_torch(collection.FTRL, foreach=False, renamed={"lambda1": "lambda_1", "lambda2": "lambda_2"}),
    "SM3": by_torch(collection.SM3, foreach=False),
    "MADGRAD": by_torch(collection.MADGRAD, foreach=False),
    "Adam": by_torch(torch_optim.Adam),
    "AdamW": by_torch(torch_optim.AdamW),
    "AMSGrad": by_torch(torch_optim.Adam, amsgrad=True),
    "Adamax": by_torch(torch_optim.Adamax),
    "NAdam": by_torch(torch_optim.NAdam),
    "RAdam": by_torch(torch_optim.RAdam),
    "StableAdamW": by_torch(collection.StableAdamW, foreach=False),
    "PAdam": by_torch(collection.PAdam, foreach=False, renamed={"p": "partial"}),
    "QHAdam": by_torch(collection.QHAdam, foreach=False),
    "AdaBelief": by_optax(lambda eps=1e-16, **kw: _renamed(optax.adabelief)(eps=eps, eps_root=eps, **kw)),
    "Yogi": by_optax(
        lambda initial_accumulator=1e-6, lr=1e-2, **kw: optax.chain(
            _renamed(optax.scale_by_yogi)(initial_accumulator_value=initial_accumulator, **kw), optax.scale(-lr)
        )
    ),
    "DiffGrad": by_torch(collection.DiffGrad, foreach=False),
    "AdaNorm": by_torch(collection.AdaNorm, foreach=False),
    "LaProp": by_torch(collection.LaProp, foreach=False),
    "ADOPT": by_optax(_adopt),
    "ACProp": by_optax(
        lambda eps=1e-16, **kw: _renamed(optax.contrib.acprop, weight_decay=0.0)(eps=eps, eps_root=eps, **kw)
    ),
    "FAdam": by_torch(
        collection.FAdam,
        foreach=False,
        renamed={"eps2": "eps_2", "c": "clip"},
        momentum_dtype=torch.float64,
        fim_dtype=torch.float64,
    ),
    "EXAdam": by_torch(collection.EXAdam, foreach=False),
    "Adan": by_torch(collection.Adan, foreach=False),
    "AdEMAMix": by_torch(collection.AdEMAMix, foreach=False),
    "MARS": by_torch(collection.MARS, foreach=False, optimize_1d=True),
    "OptimisticAdam": by_optax(_renamed(optax.optimistic_adam_v2, nesterov=False)),
    "AdaPNM": by_torch(collection.AdaPNM, foreach=False, renamed={"beta0": "beta3"}),
    "SWATS": by_torch(collection.SWATS, foreach=False),
    "SignSGD": by_optax(_renamed(optax.sign_sgd)),
    "Signum": by_torch(collection.SignSGD, foreach=False),
    "Rprop": by_torch(torch_optim.Rprop),
    "Lion": by_optax(lambda weight_decay=0.0, **kw: _renamed(optax.lion)(weight_decay=weight_decay, **kw)),
    "Tiger": by_torch(collection.Tiger, foreach=False, weight_decay=0.0),
    "Grams": by_torch(collection.Grams, foreach=False),
    "Ano": by_torch(collection.Ano, foreach=False),
    "AdaBound": by_torch(collection.AdaBound, foreach=False),
    "AMSBound": by_torch(collection.AdaBound, foreach=False, ams_bound=True),
    "AdaMod": by_torch(collection.AdaMod, foreach=False),
    "LARS": by_optax(_renamed(optax.lars)),
    "LAMB": by_optax(_renamed(optax.lamb)),
    "NovoGrad": by_optax(_renamed(optax.novograd)),
    "Fromage": by_optax(_renamed(optax.fromage)),
    "AdamP": by_torch(collection.AdamP, shape=(1, 2)),
    "Muon": by_optax(_muon, shape=(2, 1)),
    "PolyakSGD": by_optax(_polyak),
    "MomoAdam": by_optax(lambda f_min=0.0, **kw: _renamed(optax.contrib.momo_adam)(lower_bound=f_min, **kw)),
    "DoG": by_optax(_dog),
    "DoWG": by_optax(_renamed(optax.contrib.dowg)),
    "COCOB": by_optax(optax.contrib.cocob),
    "DAdaptSGD": by_torch(collection.DAdaptSGD, foreach=False),
    "DAdaptAdam": by_torch(collection.DAdaptAdam, foreach=False),
    "Prodigy": by_torch(collection.Prodigy, foreach=False),
    "ASGD": by_torch(torch_optim.ASGD, read=lambda stepper, w: stepper.state[w]["ax"]),
    "ScheduleFreeSGD": by_torch(collection.ScheduleFreeSGD, foreach=False, read=_averaged(True)),
    "ScheduleFreeAdamW": by_torch(collection.ScheduleFreeAdamW, foreach=False, read=_averaged(False)),
    "Lookahead": by_torch(_lookahead),
    "SAM": by_torch(_sam),
    "ASAM": by_torch(_sam, adaptive=True),
    "AdaHessian": by_torch(collection.AdaHessian, curved=1, foreach=False),
    "Sophia": by_torch(collection.SophiaH, curved=10, renamed={"rho": "p"}, update_period=10**9, foreach=False),
    "Shampoo": by_torch(collection.Shampoo, renamed={"eps": "matrix_eps"}),
    "SOAP": by_torch(_soap, weight_decay=0.0),
    "PSGDKron": by_torch(_kron),
}
"""How to walk with the implementation that each optimizer follows."""

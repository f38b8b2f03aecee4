#!/usr/bin/env bash
# What deaths cost real runs: benchmarks/resilience.sh recovery|goodput
# Prints what docs/resilience.md quotes. Needs a machine that does nothing else.
set -eu

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
data=$(mktemp -d)
trap './seed cluster down --data "$data" >/dev/null 2>&1 || true; rm -rf "$data"' EXIT

# A run on three silos, struck by chaos; the rest of the arguments are overrides.
strike() {
    local chaos=$1
    shift
    ./seed cluster up --silos 3 --data "$data" >/dev/null
    run=$(./seed submit examples/quickstart.yaml "$@" --storage "$data/store")
    # shellcheck disable=SC2086
    ./seed chaos "$run" $chaos --data "$data"
    ./seed stop "$run" --storage "$data/store" || true
    ./seed show "$run" --json --storage "$data/store" | grep -o '"weights_hash":"[0-9a-f]*"\|"goodput":[0-9.]*\|"lost":[0-9]*\|"duplicated":[0-9]*'
}

case ${1:-} in
    recovery)
        # Short steps, so that the figures tell of the recovery and not of the step after it.
        strike "--kills 30 --seed 1 --within 5" training.steps=5000 training.prompts_per_step=8 algorithm.dynamic_sampling=false evaluation.every=0
        ;;
    goodput)
        # Steps of some ten seconds, a death in every tenth.
        strike "--kills 3 --seed 2 --within 8 --every 10" training.steps=38 training.prompts_per_step=512 training.updates_per_step=8 evaluation.every=0
        ;;
    *)
        echo "Usage: benchmarks/resilience.sh recovery|goodput" >&2
        exit 2
        ;;
esac

#!/usr/bin/env bash
# What deaths, and the notes that make them cheap, cost real runs: benchmarks/resilience.sh recovery|goodput|journal
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

# Mean tokens/s of sampling over a run's steps.
sampling_speed() {
    ./seed run examples/quickstart.yaml training.steps=10 evaluation.every=0 'data.evaluation=[]' "rollout.journal_milliseconds=$1" --json --data "$data" |
        grep -o '"perf/rollout_tokens_per_s":[0-9.]*' | cut -d: -f2 | awk '{ sum += $1 } END { printf "%.0f\n", sum / NR }'
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
    journal)
        # As many notes as the disk takes cost enough to be seen beside the noise; the usual ones are that many fewer.
        for round in 1 2 3; do
            echo "round $round: $(sampling_speed 0) tokens/s without notes, $(sampling_speed 250) with, $(sampling_speed 1) with as many as there can be"
        done
        ;;
    *)
        echo "Usage: benchmarks/resilience.sh recovery|goodput|journal" >&2
        exit 2
        ;;
esac

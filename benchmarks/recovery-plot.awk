# Draws what `seed chaos` printed as an SVG: a bar a death, shortest first. For example:
#   benchmarks/resilience.sh recovery | tee recovery.txt; awk -f benchmarks/recovery-plot.awk recovery.txt > docs/img/recovery.svg
match($0, /hosting .*: seen after/) {
    host = substr($0, RSTART + 8, RLENGTH - 20)
    n++
    hosts[n] = host == "nothing of the run" ? "pool or verifier only" : host
    for (i = 1; i < NF; i++)
        if ($i == "after" && $(i + 2) == "s,")
            ends[n, ++parts[n]] = $(i + 1)
}

function x(seconds) { return left + seconds / most * (width - left - 30) }

function bar(from, to, y, color) {
    printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"11\" fill=\"%s\"/>\n", x(from), y, x(to) - x(from), color
}

function key(at, color, text) {
    printf "<rect x=\"%d\" y=\"12\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"21\">%s</text>\n", at, color, at + 14, text
}

END {
    for (i = 1; i <= n; i++) {
        order[i] = i
        if (ends[i, 3] > most)
            most = ends[i, 3]
    }
    most = int(most) + 1
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && ends[order[j], 3] < ends[order[j - 1], 3]; j--) {
            swap = order[j]; order[j] = order[j - 1]; order[j - 1] = swap
        }

    width = 760; left = 260; top = 40; height = 60 + n * 16
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">\n", width, height
    printf "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height
    key(left, "#c0392b", "seen"); key(left + 70, "#e0a030", "placed, weights restored"); key(left + 250, "#2c7fb8", "next step committed")
    for (s = 0; s <= most; s++)
        printf "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>\n", x(s), top - 8, x(s), height - 18, x(s), height - 5, s
    for (i = 1; i <= n; i++) {
        y = top + (i - 1) * 16
        printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", left - 8, y + 9, hosts[order[i]]
        bar(0, ends[order[i], 1], y, "#c0392b")
        bar(ends[order[i], 1], ends[order[i], 2], y, "#e0a030")
        bar(ends[order[i], 2], ends[order[i], 3], y, "#2c7fb8")
    }
    print "</svg>"
}

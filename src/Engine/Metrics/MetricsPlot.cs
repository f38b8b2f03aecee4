using System.Globalization;
using System.Net;
using System.Text;

namespace SeedOrleans.Engine.Metrics;

/// <summary>Draws metrics over steps as SVG: a panel for each metric, a line for each run.</summary>
public static class MetricsPlot
{
    private const double PanelWidth = 420, PanelHeight = 260, Left = 48, Right = 14, Top = 34, Bottom = 36;
    private const int Ticks = 5, PanelsInARow = 3;

    private static readonly string[] Colours = ["#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#0891b2"];

    /// <param name="panels">Each with its title and its lines; a line is points in the order of steps.</param>
    /// <param name="names">One a line, for the legend; the same runs in every panel.</param>
    public static string Draw(
        IReadOnlyList<(string Title, IReadOnlyList<IReadOnlyList<(int Step, double Value)>> Lines)> panels,
        IReadOnlyList<string> names)
    {
        var svg = new StringBuilder();
        var rows = (panels.Count + PanelsInARow - 1) / PanelsInARow;
        var (width, height) = (Math.Min(panels.Count, PanelsInARow) * PanelWidth, (rows * PanelHeight) + 24);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="sans-serif" font-size="11">""");
        svg.Append("""<rect width="100%" height="100%" fill="white"/>""");

        for (var panel = 0; panel < panels.Count; panel++)
        {
            var (row, place) = Math.DivRem(panel, PanelsInARow);
            svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({place * PanelWidth} {row * PanelHeight})">""");
            DrawPanel(svg, panels[panel].Title, panels[panel].Lines);
            svg.Append("</g>");
        }

        for (var line = 0; line < names.Count; line++)
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text x="{Left + (line * 110)}" y="{height - 10}" fill="{Colour(line)}">{WebUtility.HtmlEncode(names[line])}</text>""");

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawPanel(StringBuilder svg, string title, IReadOnlyList<IReadOnlyList<(int Step, double Value)>> lines)
    {
        var points = lines.SelectMany(line => line).ToArray();
        var lastStep = Math.Max(1, points.Select(point => point.Step).DefaultIfEmpty(1).Max());
        var (low, high) = Range([.. points.Select(point => point.Value)]);

        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<text x="{Left}" y="20" font-size="13" font-weight="bold">{WebUtility.HtmlEncode(title)}</text>""");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var value = low + ((high - low) * tick / Ticks);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<line x1="{Left}" x2="{PanelWidth - Right}" y1="{Y(value):0.#}" y2="{Y(value):0.#}" stroke="#e5e7eb"/><text x="{Left - 6}" y="{Y(value) + 4:0.#}" text-anchor="end" fill="#6b7280">{value:0.##}</text>""");

            var step = (double)lastStep * tick / Ticks;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text x="{X(step):0.#}" y="{PanelHeight - Bottom + 16}" text-anchor="middle" fill="#6b7280">{step:0}</text>""");
        }

        for (var line = 0; line < lines.Count; line++)
        {
            var path = string.Join(' ', lines[line].Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{X(point.Step):0.#},{Y(point.Value):0.#}")));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<polyline points="{path}" fill="none" stroke="{Colour(line)}" stroke-width="1.8"/>""");
        }

        double X(double step) => Left + ((PanelWidth - Left - Right) * step / lastStep);
        double Y(double value) => PanelHeight - Bottom - ((PanelHeight - Top - Bottom) * (value - low) / (high - low));
    }

    /// <summary>From 0 to 1 for shares, otherwise what the values span.</summary>
    private static (double Low, double High) Range(double[] values)
    {
        if (values.Length == 0 || values.All(value => value is >= 0 and <= 1))
            return (0, 1);

        var (low, high) = (values.Min(), values.Max());
        return high > low ? (low, high) : (low - 1, high + 1);
    }

    private static string Colour(int line) => Colours[line % Colours.Length];
}

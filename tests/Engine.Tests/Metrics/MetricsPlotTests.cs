using System.Xml.Linq;
using SeedOrleans.Engine.Metrics;

namespace SeedOrleans.Engine.Tests.Metrics;

public sealed class MetricsPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_line_rises_from_the_lower_left_to_the_upper_right()
    {
        var line = Draw("pass@1", [(0, 0), (10, 1)]).Descendants(Svg + "polyline").Single();
        var points = line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).ToArray();

        Assert.True(points[1][0] > points[0][0]);
        Assert.True(points[1][1] < points[0][1]); // SVG counts downward
    }

    [Fact]
    public void Names_cannot_break_out_of_the_picture() =>
        Assert.Contains(
            Draw("<script>", [(0, 1)]).Descendants(Svg + "text"), text => text.Value == "<script>");

    [Fact]
    public void What_was_logged_reads_back_with_a_steps_last_line_counting()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        using (var log = new MetricsLog(folder, TimeProvider.System))
        {
            log.Write(1, new Dictionary<string, double> { ["reward"] = 0.25 });
            log.Write(2, new Dictionary<string, double> { ["other"] = 1 });
            log.Write(1, new Dictionary<string, double> { ["reward"] = 0.5 });
        }

        Assert.Equal([(1, 0.5)], MetricsFile.Read(folder, "reward"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_file_that_is_no_metrics_is_refused_by_line()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "{\"step\":1}\nnonsense\n");

        var refused = Assert.Throws<MetricsFileException>(() => MetricsFile.Read(file, "reward"));

        Assert.Contains($"{file}:2:", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static XDocument Draw(string title, (int, double)[] line) => XDocument.Parse(MetricsPlot.Draw([(title, [line])], ["run"]));
}

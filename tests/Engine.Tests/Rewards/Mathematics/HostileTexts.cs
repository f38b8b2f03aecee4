namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

/// <summary>Responses that a policy might try: enormous, deep, towering.</summary>
internal static class HostileTexts
{
    private const int Megabytes = 10 << 20;

    public static readonly string[] All =
    [
        // Size.
        new('{', Megabytes), new('(', Megabytes), new('9', Megabytes), new(' ', Megabytes), new('\\', Megabytes), new('$', Megabytes), new('*', Megabytes),
        Many("\\boxed{", 1 << 20), Many("<think>", 1 << 20), Many("1,234", 1 << 20), Many("answer is ", 1 << 20), Many("**1** ", 1 << 20), Many("$1$ ", 1 << 20), Many("\\boxed{1},", 1 << 20),
        Box(new string('9', 999)), Box(new string('9', 2900)), Box($"\\frac{{{new string('9', 900)}}}{{{new string('7', 900)}}}"), Box($"\\gcd({new string('9', 900)},{new string('7', 900)})"),

        // Magnitude.
        "9^9^9^9", Box("9^{9^{9^{9}}}"), Box("((((9!)!)!)!)!"), Box("1000000000!"), Box("\\binom{1000000000}{500000000}"), Box("10^{1000000000000}"), Box("1e400"), Box("1e-400"),
        Box("2^{8000}+3^{4000}"), Box("(x+1)^{1000000}"), Box("(x+1)^{(10^{30})}"), Box("x^{x^{x^{x}}}"), Box("\\sin(10^{300})"), Box("\\tan\\frac{\\pi}{2}"), Box("\\sqrt[60]{2^{8000}}"),
        Box(Many("900!\\cdot ", 60) + "1"), Box(Many("\\sqrt[63]{10^{2000}+1}+", 40) + "1"), Box(Many("\\exp(", 46) + "1" + Many(")", 46)), Box($"{new string('9', 900)}^{{8}}"),

        // Work.
        Box("\\sum_{k=1}^{1000} \\sum_{j=1}^{1000} \\sum_{i=1}^{1000} k"), Box("\\sum_{a=1}^{1000}\\sum_{b=1}^{1000}\\frac{1}{a+b}"), Box("\\sum_{k=1}^{1000} \\frac{1}{k}"),
        Box("\\prod_{k=1}^{1000} \\frac{k^{90}}{7}"), Box("\\sum_{k=1}^{1000} \\cos k"), Box("\\sum_{k=1}^{1000} k!"), Box(Many("\\sin(x)+", 150) + "1"), Box(Many("(x+1)", 190)),
        Box(string.Join(',', Enumerable.Range(1, 299))), Box(string.Join("\\cup", Enumerable.Range(1, 60).Select(place => $"({place},{place + 1})"))),
        Box(string.Join(',', Enumerable.Range(1, 60).Select(place => $"\\sin {place}"))), Box(Many("\\pm 1", 200)), Box(Many("x=", 250) + "5"), Box(Many("x<", 250) + "5"),

        // Depth.
        Box(Many("(", 400) + "5" + Many(")", 400)), Box(Many("{", 400) + "5" + Many("}", 400)), Box(Many("\\sqrt{", 45) + "2" + Many("}", 45)), Box(Many("\\frac{1}{1+", 45) + "x" + Many("}", 45)),
        Box(Many("\\sin ", 200) + "x"), Box(Many("x^", 200) + "2"), Box(Many("-", 501) + "5"), Box(Many("2/", 290) + "5"), Box("5" + Many("!", 300)), Box("5" + Many("%", 590)), Box("1" + Many("\\cup 1", 290)), Box("1" + Many(":1", 290)), Box(Many("-(", 39) + "1" + Many(")", 39)), Box(Many("\\text{", 300) + "6" + Many("}", 300)),
        Box(Many("\\begin{pmatrix}", 100)), Box(Many("|", 400)), Box(Many("\\{", 300)), Box(Many("\\ln(2+", 46) + "x" + Many(")", 46)),

        // Characters.
        "\ud800\0\uffff;\ud800", Box("\ud800"), Box(Many("½", 500)), Box(Many("²", 500)), Box("\0"),
    ];

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Box(string answer) => $"\\boxed{{{answer}}}";
}

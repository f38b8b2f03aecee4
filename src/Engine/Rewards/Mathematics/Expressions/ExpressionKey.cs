using System.Globalization;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>An expression as a text that no other expression has.</summary>
internal static class ExpressionKey
{
    public static string Of(Expression node)
    {
        var key = new StringBuilder();
        Write(node, key);
        return key.ToString();
    }

    private static void Write(Expression node, StringBuilder key)
    {
        key.Append((char)('A' + (int)node.Operator)).Append(node.Name);
        if (node.Operator is Operator.Number or Operator.BaseNumber)
            key.Append(CultureInfo.InvariantCulture, $"{node.Value.Numerator:x}/{node.Value.Denominator:x}");
        if (node.Parts.IsEmpty)
            return;

        key.Append('(');
        foreach (var part in node.Parts)
        {
            Write(part, key);
            key.Append(',');
        }

        key.Append(')');
    }
}

using System.Collections.Immutable;
using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Reads a matrix between \begin and \end: rows end with \\, cells with an ampersand.</summary>
internal static class MatrixParser
{
    public static Expression Parse(TokenCursor cursor)
    {
        var environment = cursor.Take().Text["begin ".Length..];
        if (environment is not ("pmatrix" or "bmatrix" or "Bmatrix" or "matrix" or "smallmatrix" or "array"))
            return cursor.Fail();

        return cursor.Nested(barEnds: false, inner => Rows(inner, $"end {environment}"));
    }

    private static Expression Rows(TokenCursor cursor, string end)
    {
        var rows = ImmutableArray.CreateBuilder<Expression>();
        while (!cursor.IsAtEnd && !cursor.Current.IsCommand(end))
        {
            var cells = ImmutableArray.CreateBuilder<Expression>();
            do
                cells.Add(ArithmeticParser.Sum(cursor));
            while (cursor.TryTake("&"));

            rows.Add(Expression.Named(Operator.Tuple, "[]", cells.DrainToImmutable()));
            if (!cursor.TryTake("\\\\") && !cursor.Current.IsCommand(end))
                return cursor.Fail();
        }

        if (cursor.IsAtEnd || rows.Count == 0 || rows.Any(row => row.Parts.Length != rows[0].Parts.Length))
            return cursor.Fail();

        cursor.Take();
        return Expression.Of(Operator.Matrix, rows.DrainToImmutable());
    }
}

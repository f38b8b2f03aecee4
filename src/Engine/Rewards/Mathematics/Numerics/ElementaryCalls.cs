using System.Collections.Immutable;

namespace SeedOrleans.Engine.Rewards.Mathematics.Numerics;

/// <summary>Functions by name.</summary>
internal static class ElementaryCalls
{
    /// <summary>A logarithm without a base is decimal.</summary>
    private const int UsualBase = 10;

    /// <returns>Undefined where there is no such function, or the arguments are outside its domain.</returns>
    public static ComplexBall Of(string name, ImmutableArray<ComplexBall> arguments)
    {
        var x = arguments[0];
        return name switch
        {
            "ln" => x.Log(),
            "log" => x.Log() / (arguments.Length == 2 ? arguments[1].Log() : Elementary.Log(Ball.Exactly(UsualBase))),
            "abs" => x.Abs(),
            "sin" => x.SinCos().Sin,
            "cos" => x.SinCos().Cos,
            "tan" => x.SinCos() is var (sin, cos) ? sin / cos : default,
            "cot" => x.SinCos() is var (sin, cos) ? cos / sin : default,
            "sec" => ComplexBall.One / x.SinCos().Cos,
            "csc" => ComplexBall.One / x.SinCos().Sin,
            "sinh" => (x.Exp() - (-x).Exp()) / Ball.Exactly(2),
            "cosh" => (x.Exp() + (-x).Exp()) / Ball.Exactly(2),
            "tanh" => (x.Exp() - (-x).Exp()) / (x.Exp() + (-x).Exp()),
            _ when !arguments.All(argument => argument.IsReal) => ComplexBall.Undefined,
            "arcsin" => Arcsin(x.Real),
            "arccos" => (Elementary.Pi / Ball.Exactly(2)) - Arcsin(x.Real),
            "arctan" => Elementary.Arctan(x.Real),
            "arccot" => (Elementary.Pi / Ball.Exactly(2)) - Elementary.Arctan(x.Real),
            "floor" => x.Real.Floor(),
            "ceil" => -(-x.Real).Floor(),
            "max" => Extreme(arguments, sign: 1),
            "min" => Extreme(arguments, sign: -1),
            _ => ComplexBall.Undefined,
        };
    }

    private static Ball Arcsin(Ball x) => Elementary.Angle(x, Elementary.Sqrt(Ball.One - (x * x)));

    private static Ball Extreme(ImmutableArray<ComplexBall> arguments, int sign)
    {
        var best = arguments[0].Real;
        foreach (var argument in arguments[1..])
        {
            var difference = argument.Real - best;
            if (difference.MayBeZero && !difference.IsExactZero)
                return Ball.Undefined;
            if (difference.Mantissa.Sign == sign)
                best = argument.Real;
        }

        return best;
    }
}

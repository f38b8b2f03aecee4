namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <param name="Text">The symbol, name, words or digits.</param>
/// <param name="AfterSpace">White space stands before it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, bool AfterSpace, ExactNumber Value = default)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsCommand(string name) => Kind == TokenKind.Command && Text == name;
}

namespace SeedOrleans.Engine.Data;

/// <summary>A tokenizer that cannot write ChatML.</summary>
public sealed class ChatTemplateException(string token)
    : Exception($"The tokenizer has no token \"{token}\", which the template chatml needs; use the template plain, or a chat model's tokenizer.")
{
    public string Token { get; } = token;
}

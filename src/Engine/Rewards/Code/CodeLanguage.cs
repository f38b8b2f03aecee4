namespace SeedOrleans.Engine.Rewards.Code;

public enum CodeLanguage
{
    Python,
    Cpp,
    JavaScript,
}

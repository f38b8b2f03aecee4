using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Rewards.Judges;

/// <summary>Reasons step by step before it says whether a response gives the reference answer; only the end of its reply counts.</summary>
/// <remarks>
/// ByteDance Seed, Seed-Thinking-v1.5, arXiv:2504.13914, §3.1 and appendix A. P(YES) is 1 or 0: what the reasoning came to.
/// </remarks>
/// <param name="model">Not owned.</param>
public sealed class SeedThinkingVerifier(IChatClient model, JudgeOptions? options = null) : AnswerJudge(model, JudgeStyle.Thinking, options);

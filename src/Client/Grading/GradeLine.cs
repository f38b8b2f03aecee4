using System.Collections.Immutable;

namespace SeedOrleans.Client.Grading;

/// <summary>A response to grade.</summary>
/// <param name="Place">For messages: <c>file:line</c>.</param>
/// <param name="Id">A JSON string or number, as it was written.</param>
/// <param name="Question">Null where the line has none.</param>
/// <param name="Task">Null where the line names none.</param>
/// <param name="Reference">What is right, in the kind's own notation.</param>
/// <param name="Responses">A group to be compared among itself, in place of reference and response; empty on a line of one.</param>
internal sealed record GradeLine(string Place, string Id, string? Question, string? Task, string Reference, string Response, ImmutableArray<string> Responses);

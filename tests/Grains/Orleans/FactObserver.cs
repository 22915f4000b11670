namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>Answers with a task of the test's.</summary>
internal sealed class FactObserver(Task answer) : IFactObserver
{
    public Task AnswerAsync() => answer;
}

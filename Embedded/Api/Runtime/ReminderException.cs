namespace Orleans.Runtime;

[GenerateSerializer]
public sealed class ReminderException(string message) : OrleansException(message);

namespace Orleans.Runtime;

public interface IWorkItemScheduler
{
    void QueueAction(Action action);

    void QueueTask(Task task);
}

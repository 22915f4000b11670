using System.Reflection;
using WhatsSound.Embedded.Copying;

namespace WhatsSound.Embedded.Calls;

internal sealed class CallMethod<TResult>(MethodInfo method) : CallMethod(method)
{
    private readonly Copier? resultCopier = ArgumentCopiers.ForResult(method, typeof(TResult));

    public TResult ResultOf(Task finished)
    {
        if (finished is not Task<TResult> { Result: var result }) return default!;
        return resultCopier is null || result is null ? result : (TResult)resultCopier(result, new());
    }
}

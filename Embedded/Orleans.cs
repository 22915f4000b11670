namespace Orleans { internal static class Placeholder; }
namespace Orleans.Concurrency { internal static class Placeholder; }
namespace Orleans.Runtime { internal static class Placeholder; }

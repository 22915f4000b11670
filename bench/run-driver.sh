# Shared by bench/fanout, bench/rooms, bench/channels and bench/idle; sourced from the repository's root.

# run_driver BENCHMARK "PROJECTS" ARGUMENTS...: builds what is needed, and runs the driver on core 1; it starts and ends the servers on core 0.
run_driver() {
  local benchmark=$1 projects=$2 isolate=() arguments=() bin project
  shift 2
  while [ $# -gt 0 ]; do
    case "$1" in
      --isolate) isolate=(chrt --rr 1); shift ;;
      *) arguments+=("$1"); shift ;;
    esac
  done

  if [ "$(uname)" != Linux ] || ! command -v taskset > /dev/null; then
    echo "bench/$benchmark needs Linux and taskset (package util-linux)." >&2
    exit 1
  fi

  bin="$(dotnet msbuild Silo/Silo.csproj -getProperty:ArtifactsPath)/bin"
  for project in Silo bench/Probe bench/Driver $projects; do
    echo "building $project (Release)"
    dotnet build "$project" -c Release --nologo -v quiet -clp:"NoSummary;ErrorsOnly"
  done

  # The driver's receive loop handles each socket on the thread that polls it: no queue between the kernel and the time stamp.
  ulimit -n "$(ulimit -Hn)"
  exec env DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT=1 DOTNET_TieredPGO=0 \
    "${isolate[@]}" taskset -c 1 dotnet "$bin/Driver/release/WhatsSound.Bench.Driver.dll" "$benchmark" --bin "$bin" "${arguments[@]}"
}

# run_turns ARGUMENTS...: builds and runs what measures a room's turns in a silo of its own, on core 0.
run_turns() {
  local isolate=() arguments=() bin
  for argument in "$@"; do
    case "$argument" in
      --isolate) isolate=(chrt --rr 1) ;;
      *) arguments+=("$argument") ;;
    esac
  done

  bin="$(dotnet msbuild Silo/Silo.csproj -getProperty:ArtifactsPath)/bin"
  echo "building bench/Turns (Release)"
  dotnet build bench/Turns -c Release --nologo -v quiet -clp:"NoSummary;ErrorsOnly"
  exec "${isolate[@]}" taskset -c 0 dotnet "$bin/Turns/release/WhatsSound.Bench.Turns.dll" "${arguments[@]}"
}

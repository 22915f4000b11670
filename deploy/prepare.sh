# Shared by ./run and ./test: what the page and its tests need from npm. Sourced from the repository's root.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

check_tools() {
    command -v dotnet > /dev/null || fail "The .NET 10 SDK is needed (https://dot.net/download); 'dotnet' is not in the PATH."
    dotnet --version > /dev/null 2>&1 || fail "The .NET 10 SDK is needed; 'dotnet' has: $(dotnet --list-sdks | tr '\n' ';')"
    command -v node > /dev/null && command -v npm > /dev/null || fail "Node 20.19 or later and npm are needed (apt install nodejs npm, or https://nodejs.org)."
    # What vite takes; as in package.json.
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)' \
        || fail "Node 20.19 or later (of 22: 22.12; not 21) is needed; this is $(node --version)."
}

# npm ci, unless what is installed is what the lock file says.
npm_install() {
    [ node_modules/.package-lock.json -nt package-lock.json ] && return
    say "Installing the page's packages (npm ci)"
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
}

# The page goes to Gateway/wwwroot, from where the gateway serves it.
web_build() {
    [ -f web/package.json ] || { say "No page: web/ is absent"; return; }
    if [ -f Gateway/wwwroot/index.html ] && [ -f Gateway/wwwroot/embed/room.js ] && [ -f clients/typescript/dist/src/index.js ] \
        && [ -z "$(find web clients/typescript package-lock.json -newer Gateway/wwwroot/index.html -type f \
            -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path 'web/public/tracks/*' -print -quit)" ]; then
        return
    fi
    say "Building the page"
    npm run --silent build > artifacts/web-build.log 2>&1 || { cat artifacts/web-build.log >&2; fail "The page could not be built."; }
}

# dotnet_build PROJECT: quiet unless it fails.
dotnet_build() {
    local log=artifacts/build.log
    dotnet build "$1" --configuration Release --verbosity quiet --nologo > "$log" 2>&1 && return
    grep -E 'error|warning' "$log" | sort -u >&2 || cat "$log" >&2
    return 1
}

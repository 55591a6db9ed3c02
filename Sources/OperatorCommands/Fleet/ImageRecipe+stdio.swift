import FleetModel

extension ImageRecipe {
    /// A published package (`npx -y package`), or the project in this folder (`node index.js`).
    func npm() throws(Problem) -> String {
        let install: String
        if let package = try package(of: ["npx"], spec: ["-p", "--package"]) {
            install = """
                # npx finds the package here and fetches nothing. Its own process stays beside every server's: name the
                # program itself in slipway.yaml (what the package calls it, without npx) to save that memory.
                RUN npm install --omit=dev --no-audit --no-fund \(package) && npm cache clean --force
                """
        } else {
            install = """
                COPY package*.json ./
                RUN if [ -f package-lock.json ]; then npm ci --omit=dev; else npm install --omit=dev; fi \\
                    && npm cache clean --force
                COPY . .
                """
        }
        return """
            FROM ${GATEWAY} AS gateway

            FROM node:22-slim
            WORKDIR /srv/server
            \(install)
            ENV NODE_ENV=production PATH="/srv/server/node_modules/.bin:$PATH" \\
                npm_config_cache=/tmp/npm npm_config_update_notifier=false npm_config_offline=true
            \(ending)
            """
    }

    /// A published package (`uvx package`), or the project in this folder (`python3 -m module`).
    func pypi() throws(Problem) -> String {
        let install: String
        if let package = try package(of: ["uvx"], spec: ["--from"]) {
            install = """
                # uvx finds the package here and fetches nothing.
                ENV UV_TOOL_DIR=/opt/uv/tools UV_TOOL_BIN_DIR=/usr/local/bin
                RUN pip install --no-cache-dir uv && uv tool install --no-cache \(package)
                ENV UV_OFFLINE=1 UV_CACHE_DIR=/tmp/uv
                """
        } else {
            install = """
                COPY . .
                RUN if [ -f requirements.txt ]; then pip install --no-cache-dir -r requirements.txt; fi \\
                    && if [ -f pyproject.toml ]; then pip install --no-cache-dir .; fi
                """
        }
        return """
            FROM ${GATEWAY} AS gateway

            FROM python:3.13-slim
            WORKDIR /srv/server
            ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
            \(install)
            \(ending)
            """
    }

    /// A program of this folder, at the place where the command looks for it.
    func binary() throws(Problem) -> String {
        guard let program = command.first else {
            throw refusal("the fleet file names no command", hint: "which program it is: -- ./my-server")
        }
        let file = program.split(separator: "/").last.map(String.init) ?? program
        let place =
            if program.hasPrefix("/") { (file, program) } else if program.contains("/") { (program, program) } else {
                (program, "/usr/local/bin/\(program)")
            }
        return """
            FROM ${GATEWAY} AS gateway

            # A static program needs nothing of it: then FROM scratch does, too.
            FROM debian:stable-slim
            WORKDIR /srv/server
            COPY [\(quoted(place.0)), \(quoted(place.1))]
            \(ending)
            """
    }

    /// The package that a runner such as npx would fetch, quoted for a shell; nil where the command is none of it.
    ///
    /// - Parameter spec: the options that name the package where the word after the options does not.
    private func package(of runners: [String], spec: Set<String>) throws(Problem) -> String? {
        guard let runner = command.first, runners.contains(runner) else { return nil }
        var words = command.dropFirst()
        var package: String?
        while let word = words.popFirst() {
            if spec.contains(word) {
                package = words.first
                break
            }
            if let option = spec.first(where: { word.hasPrefix($0 + "=") }) {
                package = String(word.dropFirst(option.count + 1))
                break
            }
            guard !word.hasPrefix("-") else { continue }
            package = word
            break
        }
        guard let package else { throw refusal("\(runner) names no package", hint: "which: -- \(runner) my-package") }
        guard package.allSatisfy(Self.isPackageCharacter) else {
            throw refusal("'\(package)' is not the name of a package", hint: "its name, with a version or without")
        }
        return "'\(package)'"
    }

    /// What names, versions and extras of packages are made of; nothing that a shell or a Dockerfile would act on.
    private static func isPackageCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "@/._~^+=[],<>!-".contains(character))
    }
}

import FleetModel
import Testing

@testable import TerminalView

@Suite struct ProblemViewTests {
    private let overlap = Problem(
        .conflict,
        at: .file("slipway.yaml", line: 12, column: 5),
        "regions.eu-west-1.vpc_cidr overlaps us-east-1",
        detail: "10.10.0.0/16 and 10.10.128.0/17 share addresses.",
        hint: "write another private range here, such as 10.20.0.0/16"
    )

    @Test func `a problem says where, what, why and what to do`() {
        #expect(
            ProblemView.text(overlap) == """
                Error: slipway.yaml:12: regions.eu-west-1.vpc_cidr overlaps us-east-1
                  10.10.0.0/16 and 10.10.128.0/17 share addresses.
                  Hint: write another private range here, such as 10.20.0.0/16

                """
        )
    }

    @Test func `places are files, regions and services, or nowhere`() {
        func firstLine(_ place: Problem.Place?) -> String {
            ProblemView.text(Problem(.refused, at: place, "it was not updated"))
        }
        #expect(firstLine(.file("a.yaml")) == "Error: a.yaml: it was not updated\n")
        #expect(firstLine(.region("eu-west-1")) == "Error: eu-west-1: it was not updated\n")
        #expect(firstLine(.region("eu-west-1", service: "ecs")) == "Error: eu-west-1: ecs: it was not updated\n")
        #expect(firstLine(nil) == "Error: it was not updated\n")
    }

    @Test func `every line of a detail is indented`() {
        let problem = Problem(.refused, "it was not updated", detail: "one\ntwo")
        #expect(ProblemView.text(problem) == "Error: it was not updated\n  one\n  two\n")
    }

    @Test func `several problems end with their number, in the order of their lines`() {
        let first = Problem(.syntax, at: .file("a", line: 2), "second")
        let second = Problem(.syntax, at: .file("a", line: 1), "first")
        #expect(
            ProblemView.text(Problems([first, second, first])) == "Error: a:1: first\nError: a:2: second\n2 problems.\n"
        )
    }

    @Test func `colour is for a terminal that wants it`() {
        #expect(ProblemView.text(overlap, ink: .coloured).hasPrefix("\u{1B}[1;31mError:\u{1B}[0m "))
        #expect(Ink(isTerminal: true, environment: ["TERM": "xterm"]) == .coloured)
        #expect(Ink(isTerminal: true, environment: ["NO_COLOR": ""]) == .coloured)
        #expect(Ink(isTerminal: true, environment: ["NO_COLOR": "1"]) == .plain)
        #expect(Ink(isTerminal: true, environment: ["TERM": "dumb"]) == .plain)
        #expect(Ink(isTerminal: false, environment: [:]) == .plain)
    }

    @Test func `a problem cannot drive the terminal`() {
        let problem = Problem(.syntax, "a\u{1B}[2Jb\rc", detail: "\u{9B}31m")
        #expect(ProblemView.text(problem) == "Error: a\u{FFFD}[2Jb\u{FFFD}c\n  \u{FFFD}31m\n")
    }

    @Test func `JSON has the same parts, and none that are missing`() {
        let elsewhere = Problem(.refused, at: .region("eu-west-1", service: "ecs"), "it was not updated")
        #expect(
            ProblemView.json(Problems([elsewhere, overlap])) == """
                {
                  "problems" : [
                    {
                      "kind" : "refused",
                      "region" : "eu-west-1",
                      "service" : "ecs",
                      "summary" : "it was not updated"
                    },
                    {
                      "column" : 5,
                      "detail" : "10.10.0.0/16 and 10.10.128.0/17 share addresses.",
                      "file" : "slipway.yaml",
                      "hint" : "write another private range here, such as 10.20.0.0/16",
                      "kind" : "conflict",
                      "line" : 12,
                      "summary" : "regions.eu-west-1.vpc_cidr overlaps us-east-1"
                    }
                  ]
                }

                """
        )
    }
}

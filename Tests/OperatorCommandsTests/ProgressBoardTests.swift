import TerraformDriver
import Testing

@testable import OperatorCommands

@Suite struct ProgressBoardTests {
    private func progress(_ lines: (type: String, address: String)...) -> TerraformProgress {
        lines.reduce(into: TerraformProgress()) { progress, line in
            progress.take(
                TerraformLine(
                    #"{"hook":{"resource":{"addr":"\#(line.address)"},"action":"create","elapsed_seconds":7},"type":"\#(line.type)"}"#
                )
            )
        }
    }

    @Test func `in a pipe each piece of news is a whole line, once`() {
        var board = ProgressBoard(regions: ["eu-west-1", "us-east-1"], isLive: false)
        #expect(
            board.take(RegionNews(region: "us-east-1", what: .phase("applying", total: 2)), columns: 80)
                == "us-east-1: applying\n")
        let began = progress(("apply_start", "aws_vpc.main"))
        #expect(board.take(RegionNews(region: "us-east-1", what: .progress(began)), columns: 80).isEmpty)
        let done = progress(("apply_start", "aws_vpc.main"), ("apply_complete", "aws_vpc.main"))
        #expect(
            board.take(RegionNews(region: "us-east-1", what: .progress(done)), columns: 80)
                == "us-east-1: 1/2 aws_vpc.main created\n")
        #expect(
            board.take(RegionNews(region: "us-east-1", what: .ended("done")), columns: 80) == "us-east-1: done\n")
        #expect(board.say("Stopping.", columns: 80) == "Stopping.\n")
    }

    @Test func `on a terminal every region has its line, drawn over and never wider than the window`() {
        var board = ProgressBoard(regions: ["eu-west-1", "ap-south-1"], isLive: true)
        let first = board.take(RegionNews(region: "eu-west-1", what: .phase("applying", total: 9)), columns: 32)
        #expect(first == "\u{1B}[2Keu-west-1   applying 0/9\n\u{1B}[2Kap-south-1  waiting\n")
        let second = board.take(
            RegionNews(
                region: "eu-west-1",
                what: .progress(progress(("apply_start", "aws_lb.main"), ("apply_progress", "aws_lb.main")))),
            columns: 32)
        #expect(second == "\u{1B}[2A\u{1B}[2Keu-west-1   applying 0/9  aws_l\n\u{1B}[2Kap-south-1  waiting\n")
        let nothingNew = RegionNews(region: "ap-south-1", what: .phase("waiting"))
        #expect(board.take(nothingNew, columns: 32).isEmpty)
        let note = board.take(RegionNews(region: "ap-south-1", what: .note("a task stopped")), columns: 20)
        #expect(
            note == "\u{1B}[2A\u{1B}[2Kap-south-1: a task stopped\n"
                + "\u{1B}[2Keu-west-1   applyin\n\u{1B}[2Kap-south-1  waiting\n")
    }

    @Test func `what is about all regions stays above their lines on a terminal`() {
        var board = ProgressBoard(regions: ["eu-west-1"], isLive: true)
        #expect(board.say("Stopping.", columns: 80) == "Stopping.\n")
        _ = board.take(RegionNews(region: "eu-west-1", what: .phase("applying", total: 9)), columns: 80)
        #expect(
            board.say("Stopping.", columns: 80)
                == "\u{1B}[1A\u{1B}[2KStopping.\n\u{1B}[2Keu-west-1  applying 0/9\n")
    }

    @Test func `an interruption is heard by everybody, also by who comes later`() async {
        let interruption = Interruption()
        let early = interruption.counts()
        interruption.raise()
        var counts: [Int] = []
        for await count in early {
            counts.append(count)
            break
        }
        for await count in interruption.counts() {
            counts.append(count)
            break
        }
        #expect(counts == [1, 1])
    }

    @Test func `the fleet file is told of its bucket, under the section it has`() {
        let named = "state:\n  bucket: b\n  bucket_region: eu-west-1"
        #expect(
            StateBootstrap.naming("b", "eu-west-1", in: "a: 1\nstate:\n  # bucket: x\n")
                == "a: 1\n\(named)\n  # bucket: x\n")
        #expect(StateBootstrap.naming("b", "eu-west-1", in: "a: 1") == "a: 1\n\n\(named)\n")
    }
}
